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
  const others = [...Array(localStorage.length).keys()]
    .map((index) => localStorage.key(index) ?? '')
    .filter((key) => key.startsWith(prefix) && key !== prefix + slug)
    .sort((one, other) => timeOf(one).localeCompare(timeOf(other)));
  for (const oldest of others.splice(0, Math.max(0, others.length - mostKept)))
    localStorage.removeItem(oldest);
  for (;;)
    try {
      localStorage.setItem(prefix + slug, JSON.stringify(kept));
      return true;
    } catch {
      const oldest = others.shift();
      if (oldest === undefined) return false;
      localStorage.removeItem(oldest);
    }
}

export function forget(slug: string): void {
  localStorage.removeItem(prefix + slug);
}

function timeOf(key: string): string {
  return findKept(key.slice(prefix.length))?.at ?? '';
}
