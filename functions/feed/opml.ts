import { feedPath, streamPath } from '../article/addresses.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { buildXml } from './xml.ts';

/** OPML 2.0, http://opml.org/spec2.opml: every stream's Atom feed, to subscribe to many at once. */
export function renderOpml(streams: NamedStream[], context: SiteContext): string {
  const { site } = context;
  // Also without articles: by its schema, OPML has an outline at least.
  const listed = streams.length > 0 ? streams : [{ name: newsStream, label: site.title }];
  return buildXml({
    opml: {
      '@version': '2.0',
      head: { title: site.title, docs: 'http://opml.org/spec2.opml' },
      body: { outline: listed.map((stream) => outlineOf(stream, context)) },
    },
  });
}

function outlineOf({ name, label }: NamedStream, context: SiteContext) {
  return {
    '@text': label,
    '@title': label,
    // The specification says rss for Atom feeds too.
    '@type': 'rss',
    '@version': 'ATOM1',
    '@language': context.site.language,
    '@xmlUrl': absoluteUrl(feedPath(name, 'atom'), context),
    '@htmlUrl': absoluteUrl(streamPath(name), context),
  };
}
