import type { JsonObject } from '../../../../functions/pull/feed-json.ts';
import { ChangeNotes } from '../change-notes.ts';
import { fitFields } from '../fit-fields.ts';
import type { LeftOut, OldArticle } from '../old-site.ts';
import { textOf } from './cards.ts';
import { lexicalHtml } from './lexical.ts';
import { mobiledocHtml } from './mobiledoc.ts';
import { keyOf, type Tables } from './tables.ts';

/** Of a row of `posts`; `home` ends in no slash, and is empty where nobody knows it. */
export function readPost(
  post: JsonObject,
  { place, tables, home }: { place: string; tables: Tables; home: string },
): OldArticle | LeftOut {
  const slug = textOf(post.slug);
  if (post.type === 'page' || post.page === true || post.page === 1) {
    const what = `page ${JSON.stringify(textOf(post.title).slice(0, 100))}`;
    return { kind: 'left-out', place, what, reason: 'Newswire has no pages of its own yet' };
  }
  const changes = new ChangeNotes();
  const draft = draftReason(post);
  if (draft) changes.add(draft);
  if (post.codeinjection_head || post.codeinjection_foot)
    changes.add('the code that is put into its page is left out');
  const [category, ...tags] = tables.tagsOf(post).map(({ name }) => name);
  const picture = textOf(post.feature_image);
  const publishedAt = timeOf(post.published_at);
  const root = home && new URL(home).pathname.replace(/\/$/, '');
  const preview = textOf(post.uuid) && `/p/${textOf(post.uuid)}/`;
  const paths = [slug && tables.pathOf(post, publishedAt), preview]
    .filter(Boolean)
    .map((path) => root + path);
  const original = textOf(post.canonical_url);
  const { fields, notes } = fitFields({
    title: textOf(post.title),
    html: bodyOf(post, changes),
    summary: textOf(post.custom_excerpt) || undefined,
    publishedAt,
    updatedAt: timeOf(post.updated_at),
    authors: tables.authorsOf(post).map(({ name }) => name),
    categories: category === undefined ? [] : [category],
    tags,
    image: picture
      ? {
          url: home && URL.canParse(picture, home) ? new URL(picture, home).href : picture,
          ...tables.metaOf(post),
        }
      : undefined,
    original:
      original && !paths.some((path) => original === new URL(path, home || 'https://x.invalid').href)
        ? original
        : undefined,
    // What Ghost's feed has shown since version 1. An import into another Ghost gives a new id, which its feed shows from then on; the
    // uuid stands in no feed, and comment_id keeps the id of an earlier Ghost.
    guid: keyOf(post.id) || undefined,
    draft: draft !== undefined || post.status === 'draft' || undefined,
  });
  return { kind: 'article', place, slug, addresses: paths, fields, notes: [...changes.lines(), ...notes] };
}

/** Why what is no draft in Ghost becomes one. */
function draftReason({ status, visibility = 'public', email_only: isMail }: JsonObject): string | undefined {
  if (visibility !== 'public')
    return `a draft: in Ghost only ${visibility === 'members' ? 'members' : 'some members'} may read it`;
  if (status === 'sent' || isMail === true || isMail === 1)
    return 'a draft: it was sent by mail and stood on no page';
  return ['draft', 'published', 'scheduled'].includes(textOf(status))
    ? undefined
    : `a draft: its status is ${JSON.stringify(status)?.slice(0, 40)}`;
}

function bodyOf(post: JsonObject, changes: ChangeNotes): string {
  const written =
    (typeof post.lexical === 'string' ? lexicalHtml(post.lexical, changes) : undefined) ??
    (typeof post.mobiledoc === 'string' ? mobiledocHtml(post.mobiledoc, changes) : undefined) ??
    textOf(post.html);
  // Ghost's own sizes of a picture, of which there is one now.
  return written.replace(/ srcset="[^"]*\/content\/images\/[^"]*"(?: sizes="[^"]*")?/g, '');
}

/** Ghost writes ISO 8601, what MySQL shows, or milliseconds: always in UTC. */
function timeOf(written: unknown): string | undefined {
  const [, day, time] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?)(?:Z|\+00:00)?$/.exec(textOf(written)) ?? [];
  const moment = new Date(typeof written === 'number' ? written : `${day}T${time}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
