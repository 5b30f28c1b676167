import { aboutPath, feedsPath } from '../article/addresses.ts';
import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { renderPage } from './layout.tsx';
import { AddressBlock } from './masthead.tsx';
import { type Messages, messagesOf } from './messages.ts';
import { PageMetadata } from './page-metadata.tsx';

/** Who publishes the site, from where its texts come and how it counts. */
export function renderAboutPage(context: SiteContext): string {
  const { site, baseUrl } = context;
  const { texts, marks } = messagesOf(site);
  const title = texts.about;
  const trail = [
    { name: texts.home, path: '/' },
    { name: title, path: aboutPath },
  ];
  return renderPage(
    {
      title,
      description: site.description,
      path: aboutPath,
      metadata: (
        <PageMetadata {...{ title, path: aboutPath, trail, context }} description={site.description} />
      ),
    },
    <>
      <Breadcrumb trail={trail} context={context} />
      <div class="text h-card">
        <h1 class="p-name">{site.title}</h1>
        <p class="standfirst p-note">{site.description}</p>
        <data class="u-url" value={`${baseUrl}/`} />
        {site.address.length > 0 && <h2 {...marks}>{texts.contact}</h2>}
        <AddressBlock site={site} class="p-adr" />
        {site.sources.length > 0 && <Sources sources={site.sources} texts={texts} marks={marks} />}
        <h2 {...marks}>{texts.feeds}</h2>
        <p {...marks}>
          {texts.subscribingText} <a href={feedsPath}>{texts.allFeeds}</a>
        </p>
        <h2 {...marks}>{texts.counting}</h2>
        <p {...marks}>{texts.countingText}</p>
      </div>
    </>,
    context,
  );
}

function Sources({
  sources,
  texts,
  marks,
}: {
  sources: Site['sources'];
  texts: Messages;
  marks: { lang: string };
}) {
  return (
    <>
      <h2 {...marks}>{texts.sources}</h2>
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
              <dd {...marks}>
                <a href={feed}>{texts.sourceFeed}</a>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  );
}
