import { archivePath, feedPath } from '../../../../functions/article/addresses.ts';
import { labelName, newsStream } from '../../../../functions/article/stream-name.ts';
import { distinct, lineOf } from '../../../../functions/pull/feed-item.ts';
import { childrenOf, textIn, type XmlElement } from '../../../../functions/pull/feed-xml.ts';
import type {
  LeftOut,
  OldAddress,
  OldArticle,
  OldEntry,
  OldPicture,
  OldSite,
  ReadOptions,
} from '../old-site.ts';
import { articleOfPost } from './article-of-post.ts';
import { datesOf } from './post-dates.ts';
import { addressesOfLabels, leads } from './post-labels.ts';
import { readWxr } from './read-wxr.ts';
import { isPicture, metaOf, readFacts, type SiteFacts } from './site-facts.ts';

/** Whether a text that begins so is an export of WordPress. */
export function isWordPress(start: string): boolean {
  return /<rss\b[^>]*\bxmlns:wp\s*=|generator="WordPress/.test(start);
}

/** The files of one export of WordPress, which comes in several if it is large. Throws CommandError when they are none. */
export async function readWordPress(
  paths: string | string[],
  { home, zone }: ReadOptions = {},
): Promise<OldSite> {
  const files = [paths].flat();
  const facts = await readFacts(files, home);
  return { system: 'WordPress', home: facts.home || undefined, entries: () => entriesOf(files, facts, zone) };
}

async function* entriesOf(
  files: string[],
  facts: SiteFacts,
  zone: string | undefined,
): AsyncGenerator<OldEntry> {
  const streams = new Set<string>();
  const months = new Set<string>();
  const kinds = new Map<string, { count: number; place: string }>();
  let comments = 0;
  for (const file of files)
    for await (const { line, element, fault } of readWxr(file)) {
      const place = files.length > 1 ? `${file}, line ${line}` : `line ${line}`;
      if (fault) yield { kind: 'left-out', place, what: 'what stands here', reason: fault };
      if (element?.kind !== 'item') continue;
      const type = textIn(element, 'wp:post_type') ?? 'post';
      comments += childrenOf(element, 'wp:comment').length;
      if (type === 'attachment') yield pictureOf(element, place, facts);
      else if (type === 'page') yield leftOut(element, place, 'page', 'Newswire has no pages of its own yet');
      else if (type === 'post') {
        const entry = postOf(element, { place, facts, zone });
        yield entry;
        if (entry.kind !== 'article' || entry.fields.draft) continue;
        if (textIn(element, 'wp:status') !== 'future')
          months.add(textIn(element, 'wp:post_date')?.slice(0, 7) ?? '');
        const { category, tags } = entry.fields as { category?: string; tags?: string[] };
        if (category) streams.add(`category/${labelName(category)}`);
        for (const tag of tags ?? []) streams.add(`tag/${labelName(tag)}`);
      } else if (!/^(?:wp_block|guest-author)$/.test(type)) {
        const known = kinds.get(type);
        kinds.set(type, { place, ...known, count: (known?.count ?? 0) + 1 });
      }
    }
  for (const [type, { count, place }] of kinds)
    yield {
      kind: 'left-out',
      place,
      what: `${count} of the kind "${type}"`,
      reason: 'only posts are taken as articles',
    };
  if (comments > 0)
    yield {
      kind: 'left-out',
      place: 'the whole site',
      what: `${comments} comments`,
      reason: 'Newswire has none',
    };
  yield* addressesOfLabels(facts, streams);
  yield* addressesOfAuthors(facts);
  yield* addressesOfMonths(facts, months);
}

function postOf(
  item: XmlElement,
  { place, facts, zone }: { place: string; facts: SiteFacts; zone: string | undefined },
): OldArticle | LeftOut {
  const status = textIn(item, 'wp:status') ?? 'publish';
  if (/^(?:trash|auto-draft|inherit)$/.test(status))
    return leftOut(
      item,
      place,
      'post',
      status === 'trash' ? 'it was in the bin' : `it was never written (${status})`,
    );
  const dates = datesOf(item, zone);
  if (/^(?:publish|future)$/.test(status) && !dates.publishedAt)
    return leftOut(
      item,
      place,
      'post',
      dates.local ? `nothing says in which zone it is ${dates.local}: say --zone` : 'it has no date',
    );
  return articleOfPost(item, dates, facts, place);
}

function leftOut(item: XmlElement, place: string, what: string, reason: string): LeftOut {
  return { kind: 'left-out', place, what: `${what} "${lineOf(textIn(item, 'title')) ?? ''}"`, reason };
}

function pictureOf(item: XmlElement, place: string, { home }: SiteFacts): OldPicture | LeftOut {
  const url = textIn(item, 'wp:attachment_url') ?? '';
  if (!isPicture(url) || !URL.canParse(url))
    return {
      kind: 'left-out',
      place,
      what: `file ${url}`,
      reason: 'it is no picture that this site can hold',
    };
  // Serialised by PHP. Lengths in it are wrong where somebody replaced words in the database: names are found without them.
  const sizes = (metaOf(item, '_wp_attachment_metadata') ?? '').matchAll(
    /"(?:file|original_image)";s:\d+:"([^"/]*)"/g,
  );
  const addresses = [
    ...[...sizes].map(([, name = '']) => new URL(name.replace(/[?#%]/g, encodeURIComponent), url).href),
    ...[textIn(item, 'link'), textIn(item, 'guid'), `${home}/?attachment_id=${textIn(item, 'wp:post_id')}`],
  ];
  return { kind: 'picture', place, url, addresses: distinct(addresses).filter((address) => address !== url) };
}

/** We list no authors yet. */
function addressesOfAuthors({ home, authors }: SiteFacts): OldAddress[] {
  return [...authors.keys()].flatMap((login) => {
    const path = `/author/${encodeURIComponent(login.toLowerCase().replace(/[\s.]+/g, '-'))}`;
    return leads(home, [
      [path, `/${newsStream}`],
      [`${path}/feed`, feedPath(newsStream, 'rss')],
    ]);
  });
}

function addressesOfMonths({ home }: SiteFacts, months: Set<string>): OldAddress[] {
  const known = [...months].filter((month) => /^\d{4}-\d\d$/.test(month)).sort();
  const years = new Set(known.map((month) => month.slice(0, 4)));
  return leads(home, [
    ...known.map((month): [string, string] => [
      `/${month.replace('-', '/')}`,
      archivePath(newsStream, month),
    ]),
    ...[...years].map((year): [string, string] => [`/${year}`, archivePath(newsStream)]),
  ]);
}
