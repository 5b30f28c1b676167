import type { FeedContent } from './feed-content.ts';

type Documents = Pick<FeedContent, 'currentUrl' | 'olderUrl' | 'newerUrl'>;

/** RFC 5005 §4: the links between the documents of a feed, for RSS too by its Appendix B. */
export function historyLinks({ currentUrl, olderUrl, newerUrl }: Documents) {
  const links = { current: currentUrl, 'prev-archive': olderUrl, 'next-archive': newerUrl };
  return Object.entries(links).flatMap(([relation, url]) =>
    url === undefined ? [] : [{ '@rel': relation, '@href': url }],
  );
}

/** What tells readers that they need to ask for the document only once. */
export function archiveMark({ currentUrl }: Documents) {
  const mark = { '@xmlns:fh': 'http://purl.org/syndication/history/1.0' };
  return currentUrl === undefined ? {} : { 'fh:archive': mark };
}
