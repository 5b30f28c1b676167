import { parseArticleInput } from '../../functions/article/article-input.ts';
import type { WriteBackend } from '../../functions/write/backend.ts';
import { writeArticle } from '../../functions/write/write-article.ts';
import { repeat } from './repeat.ts';

/** How large a site is: `crowded` of its articles are of the month that goes on, the others spread over those before. */
export interface SiteSize {
  articles: number;
  crowded: number;
  months: number;
  streams: number;
  /** How many an earlier run has stored. */
  stored?: number;
}

const words =
  'night ferry runs late after storm in old harbour while council votes on new bridge tolls'.split(' ');
const summary = 'What happened, told in a few sentences that a reader takes in at a glance. '.repeat(4);

/** Publishes so many articles as the write API does, and says how far it is. */
export async function growSite(
  backend: WriteBackend,
  size: SiteSize,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const now = backend.now();
  let done = 0;
  const { stored = 0 } = size;
  await repeat(Math.max(0, size.articles - stored), 8, async (turn) => {
    const index = stored + turn;
    const slug = slugOf(index);
    const input = parseArticleInput(slug, {
      title: `${titleOf(index)} ${index}`,
      summary,
      publishedAt: timeOf(index, size, now),
      category: 'World',
      source: { name: 'The Post' },
      // With the category, the source and all news, every stream that was asked for.
      tags: [`Tag number ${index % (size.streams - 3)}`, 'Everywhere'],
      original: `https://post.example/${slug}`,
      ...(index % 4 === 0 && { corrections: [{ at: timeOf(index, size, now), text: summary }] }),
      markdown: `${summary}\n\n${titleOf(index * 7)}`,
    });
    await writeArticle(backend, { slug, input, origin: 'api' });
    done++;
    progress(done);
  });
}

/** The address of the article of this number. */
export function slugOf(index: number): string {
  return `${titleOf(index)} ${index}`.replaceAll(' ', '-');
}

function titleOf(index: number): string {
  return [0, 1, 2, 3, 4].map((step) => words[(index * (step + 3) + step * 5) % words.length]).join(' ');
}

function timeOf(index: number, { crowded, months }: SiteSize, now: string): string {
  const today = new Date(now);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const first = Date.UTC(year, month, 1, 12);
  if (index < crowded)
    return new Date(first + Math.floor((index * (today.getTime() - first)) / crowded)).toISOString();
  const place = index - crowded;
  const day = 2 + (Math.floor(place / (months - 1)) % 26);
  return new Date(Date.UTC(year, month - 1 - (place % (months - 1)), day, 0, place % 60)).toISOString();
}
