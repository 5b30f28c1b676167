import { findFatalFaults } from '../lint/lint-feed.ts';
import { logger } from '../runtime/log.ts';
import { isTransient } from '../runtime/problem.ts';
import type { BriefCard } from '../store/cards.ts';
import type { Store } from '../store/connection.ts';
import { findArticle, findMeta, UnsettledError } from '../store/read-article.ts';
import { isVisible } from '../store/stored-article.ts';
import { renderAtom } from './atom.ts';
import type { Backend } from './backend.ts';
import type { FeedSnapshot } from './current-feed.ts';
import { type FeedInput, maxContentBytes } from './feed-content.ts';
import { renderJsonFeed } from './json-feed.ts';
import { renderRss } from './rss.ts';

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };
/** Articles read at a time. */
const batch = 25;

/** Reads and renders a document; undefined, with a log entry, if readers would break on it. */
export async function renderFeed(
  backend: Backend,
  feed: FeedSnapshot,
): Promise<{ text: string; input: FeedInput } | undefined> {
  try {
    const input = await readArticles(backend, feed);
    const text = renderers[feed.format](input, backend.context);
    const faults = findFatalFaults(text);
    if (faults.length === 0) return { text, input };
    // Messages may quote an article, so they stay out of the log.
    const told = faults.slice(0, 10).map(({ rule, place }) => `${rule} at ${place}`);
    logger.error('A feed was refused', { stream: feed.stream, format: feed.format, faults: told });
  } catch (error) {
    if (isTransient(error)) throw error;
    logger.error('A feed could not be rendered', { stream: feed.stream, format: feed.format, error });
  }
  return undefined;
}

async function readArticles({ store, now }: Backend, feed: FeedSnapshot): Promise<FeedInput> {
  const { cards } = feed;
  const articles: FeedInput['articles'] = [];
  let bytes = 0;
  for (let start = 0; start < cards.length; start += batch) {
    const found = await Promise.all(cards.slice(start, start + batch).map((card) => findEntry(store, card)));
    for (const stored of found) {
      // An article that has changed since its card was read is rendered as it is now; the next poll finds another ETag.
      if (!stored || 'movedTo' in stored || !isVisible(stored, now())) continue;
      // The document has no room for further bodies, and a hundred of them would fill the memory.
      articles.push(bytes > maxContentBytes ? { ...stored, html: '' } : stored);
      bytes += Buffer.byteLength(stored.html ?? '');
    }
  }
  return { ...feed, articles };
}

/** Without its body if that cannot be read, so that one broken article does not stop a feed. */
async function findEntry(store: Store, { slug, version }: BriefCard) {
  try {
    return await findArticle(store, slug, version);
  } catch (error) {
    // An article that never settles may have lost a part of its body.
    if (isTransient(error) && !(error instanceof UnsettledError)) throw error;
    logger.error('The text of an article cannot be read, feeds have its summary', { slug, error });
    const stored = await findMeta(store, slug);
    return stored && { ...stored, html: undefined };
  }
}
