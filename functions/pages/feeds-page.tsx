import {
  feedFormatNames,
  feedFormats,
  feedPath,
  feedsPath,
  opmlPath,
  streamPath,
} from '../article/addresses.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { renderPage } from './layout.tsx';
import { messagesOf } from './messages.ts';

/** Explains feeds and how to subscribe, and links every feed of these streams. */
export function renderFeedsPage(streams: NamedStream[], context: SiteContext): string {
  const { texts, textLang } = messagesOf(context.site);
  const title = texts.feeds;
  const description = texts.subscribingText;
  return renderPage(
    { title, description, path: feedsPath, trail: [{ name: title, path: feedsPath }] },
    <div class="text" {...textLang}>
      <h1>{title}</h1>
      <p class="standfirst">{description}</p>
      <h2>{texts.subscribing}</h2>
      <ol>
        {texts.subscribingSteps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>
        <a href={opmlPath}>{texts.opml}</a>
      </p>
      <h2>{texts.formats}</h2>
      <p>{texts.formatsText}</p>
      <ul>
        {feedFormatNames.map((format) => (
          <li>
            {texts[format]}{' '}
            <a class="address" href={feedPath(newsStream, format)}>
              {absoluteUrl(feedPath(newsStream, format), context)}
            </a>
          </li>
        ))}
      </ul>
      {streams.length > 0 && <h2>{texts.allFeeds}</h2>}
      {streams.length > 0 && <StreamTable streams={streams} context={context} />}
    </div>,
    context,
  );
}

function StreamTable({ streams, context }: { streams: NamedStream[]; context: SiteContext }) {
  const { site } = context;
  const { texts } = messagesOf(site);
  const kinds = Object.entries(texts.kinds).map(([kind, heading]) => ({
    heading,
    members: streams.filter(({ name }) => name.split('/')[0] === kind),
  }));
  return (
    <table class="feeds">
      <thead>
        <tr>
          <th scope="col">{texts.stream}</th>
          {feedFormatNames.map((format) => (
            <th scope="col">{feedFormats[format].name}</th>
          ))}
        </tr>
      </thead>
      {kinds
        .filter(({ members }) => members.length > 0)
        .map(({ heading, members }) => (
          <tbody>
            <tr>
              <th scope="rowgroup" colspan={1 + feedFormatNames.length}>
                {heading}
              </th>
            </tr>
            {members.map(({ name, label }) => (
              <tr>
                <th scope="row" lang={site.language}>
                  <a href={streamPath(name)}>{label}</a>
                </th>
                {feedFormatNames.map((format) => (
                  <td>
                    <a href={feedPath(name, format)}>{feedFormats[format].name.split(' ')[0]}</a>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
    </table>
  );
}
