import { renderAtom } from '../../functions/feed/atom.ts';
import type { FeedInput } from '../../functions/feed/feed-content.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { context } from '../fixtures/samples.ts';
import { childrenOf, readXml, type XmlElement } from './xml-tree.ts';

export function readRss(stream: FeedInput, settings = context): { channel: XmlElement; items: XmlElement[] } {
  const rss = readXml(renderRss(stream, settings));
  const [channel] = childrenOf(rss, 'channel');
  if (!channel) throw new Error('no channel');
  return { channel, items: childrenOf(channel, 'item') };
}

export function readAtom(stream: FeedInput, settings = context): { feed: XmlElement; entries: XmlElement[] } {
  const feed = readXml(renderAtom(stream, settings));
  return { feed, entries: childrenOf(feed, 'entry') };
}

export const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|[+-]\d\d:\d\d)$/;
