import { aboutPath, feedsPath } from '../article/addresses.ts';
import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';
import { renderPage } from './layout.tsx';
import { AddressBlock } from './masthead.tsx';
import { type Messages, messagesOf } from './messages.ts';

/** Who publishes the site, where its texts come from and how it counts views. */
export function renderAboutPage(context: SiteContext): string {
  const { site, baseUrl } = context;
  const { texts, textLang } = messagesOf(site);
  const title = texts.about;
  const trail = [{ name: title, path: aboutPath }];
  return renderPage(
    { title, description: site.description, path: aboutPath, trail },
    <div class="text h-card">
      <h1 class="p-name">{site.title}</h1>
      <p class="standfirst p-note">{site.description}</p>
      <data class="u-url" value={`${baseUrl}/`} />
      {site.address.length > 0 && <h2 {...textLang}>{texts.contact}</h2>}
      <AddressBlock site={site} class="p-adr" />
      {site.sources.length > 0 && <Sources sources={site.sources} texts={texts} textLang={textLang} />}
      <h2 {...textLang}>{texts.feeds}</h2>
      <p {...textLang}>
        {texts.subscribingText} <a href={feedsPath}>{texts.allFeeds}</a>
      </p>
      <h2 {...textLang}>{texts.counting}</h2>
      <p {...textLang}>{texts.countingText}</p>
    </div>,
    context,
  );
}

function Sources({
  sources,
  texts,
  textLang,
}: {
  sources: Site['sources'];
  texts: Messages;
  textLang: { lang: string };
}) {
  return (
    <>
      <h2 {...textLang}>{texts.sources}</h2>
      <dl>
        {sources.map(({ name, url, feed, credit }) => (
          <div>
            <dt>{name}</dt>
            {credit && <dd>{credit}</dd>}
            {url && (
              <dd>
                <a href={url} dir="ltr">
                  {url}
                </a>
              </dd>
            )}
            {feed && (
              <dd {...textLang}>
                <a href={feed}>{texts.sourceFeed}</a>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  );
}
