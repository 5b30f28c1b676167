import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

const types = ['application/rss+xml', 'application/atom+xml', 'application/feed+json', 'application/json'];

export interface AnnouncedFeed {
  /** As written. */
  href: string;
  type: string;
  title: string | undefined;
}

/** The feeds that a page announces in its head: autodiscovery. */
export function announcedFeeds(html: string): AnnouncedFeed[] {
  return linksIn(parse(html)).flatMap((attributes) => {
    const { rel = '', type = '', href, title } = attributes;
    const isFeed = rel.toLowerCase().split(/\s+/).includes('alternate') && types.includes(type.toLowerCase());
    return isFeed && href !== undefined ? [{ href, type, title }] : [];
  });
}

function linksIn(node: Node): Record<string, string>[] {
  if (node.nodeName === 'body') return [];
  if (node.nodeName === 'link' && 'attrs' in node)
    return [Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))];
  return 'childNodes' in node ? node.childNodes.flatMap(linksIn) : [];
}
