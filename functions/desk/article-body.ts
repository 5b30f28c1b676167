/** An article as the API takes and gives it; fields that the desk has no form for are carried along. */
export interface ArticleBody {
  title: string;
  html?: string;
  markdown?: string;
  text?: string;
  summary?: string;
  publishedAt?: string;
  language?: string;
  source?: { name: string; url?: string; credit?: string };
  original?: string;
  authors?: string[];
  category?: string;
  tags?: string[];
  image?: { url: string; alt?: string; caption?: string; credit?: string } | undefined;
  corrections?: { at: string; text: string }[];
  aliases?: string[];
  draft?: boolean;
  [other: string]: unknown;
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** What is empty says nothing to the API, and is left out. */
export function tidy(article: ArticleBody): ArticleBody {
  const entries = Object.entries(article).flatMap(([name, value]): [string, unknown][] => {
    const plain = isMapping(value) ? tidy(value as ArticleBody) : value;
    const isEmpty =
      plain === undefined ||
      plain === '' ||
      plain === false ||
      (plain instanceof Object && Object.keys(plain).length === 0);
    return isEmpty ? [] : [[name, plain]];
  });
  return { title: '', ...Object.fromEntries(entries) };
}

export interface Merged {
  article: ArticleBody;
  /** Fields that both have changed, each its own way; `article` has mine. */
  conflicts: string[];
}

/** What both have made of one text: of each field, the change of whoever has changed it. */
export function merge(base: ArticleBody, mine: ArticleBody, theirs: ArticleBody): Merged {
  const article: Record<string, unknown> = {};
  const conflicts: string[] = [];
  for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const isMine = !isSame(mine[name], base[name]);
    const isTheirs = !isSame(theirs[name], base[name]);
    if (isMine && isTheirs && !isSame(mine[name], theirs[name])) conflicts.push(name);
    const value = isMine ? mine[name] : theirs[name];
    if (value !== undefined) article[name] = value;
  }
  return { article: article as ArticleBody, conflicts };
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value as object)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
