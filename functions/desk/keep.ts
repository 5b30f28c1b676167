import type { ArticleBody } from './article-body.ts';

/** What somebody has written and the API has not taken yet. */
export interface Kept {
  article: ArticleBody;
  /** Of the text that it was made from; absent for a new one. */
  etag?: string;
  /** What that text was, to tell whose change is whose. */
  base?: ArticleBody;
  /** ISO 8601. */
  at: string;
}

const prefix = 'newswire-kept/';
const mostKept = 30;

/** Of the article at this address; '' is the new one. Undefined where nothing is kept. */
export function findKept(slug: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(prefix + slug) ?? '') as Kept;
  } catch {
    return undefined;
  }
}

/** False where the browser has no room, even without the oldest others. */
export function keep(slug: string, kept: Kept): boolean {
  const text = JSON.stringify(kept);
  // Each is read to know how old it is: not at every key that is typed.
  if (localStorage.length <= mostKept && write(slug, text)) return true;
  const others = [...Array(localStorage.length).keys()]
    .map((index) => localStorage.key(index) ?? '')
    .filter((key) => key.startsWith(prefix) && key !== prefix + slug)
    .sort((one, other) => timeOf(one).localeCompare(timeOf(other)));
  for (const oldest of others.splice(0, Math.max(0, others.length - mostKept + 1)))
    localStorage.removeItem(oldest);
  while (!write(slug, text)) {
    const oldest = others.shift();
    if (oldest === undefined) return false;
    localStorage.removeItem(oldest);
  }
  return true;
}

function write(slug: string, text: string): boolean {
  try {
    localStorage.setItem(prefix + slug, text);
    return true;
  } catch {
    return false;
  }
}

export function forget(slug: string): void {
  localStorage.removeItem(prefix + slug);
}

function timeOf(key: string): string {
  return findKept(key.slice(prefix.length))?.at ?? '';
}
