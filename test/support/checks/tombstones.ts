import { compareRows, ExpectedRows } from './compare.ts';
import { isIri } from './names.ts';
import type { Found, State } from './state.ts';

const tombstoneSeconds = 90 * 86_400;

/** What articles leave behind and before them: tombstones, and what the sweep has to do for them. */
export function checkTombstonesAndDue(state: State): string[] {
  return [...checkTombstones(state), ...checkDue(state), ...checkPings(state)];
}

function checkTombstones({ article, gone, now }: State): string[] {
  const expected = new ExpectedRows();
  const byId = new Map(article.map(({ fields }) => [fields.article.id, fields]));
  for (const { article, tombstone } of byId.values()) {
    const { when = '', ref, streams = [], until } = tombstone ?? {};
    // DynamoDB deletes a row some time after it has expired.
    const kept = expiry(when) > seconds(now) ? streams : [];
    for (const stream of kept)
      expected.expect(`GONE#${stream}`, `${when}#${article.slug}`, {
        id: article.id,
        ref,
        when,
        until,
        ttl: expiry(when),
      });
  }
  const own = gone.filter(({ fields }) => byId.has(fields.id) && expiry(fields.when) > seconds(now));
  const former = gone.filter(({ fields }) => !byId.has(fields.id));
  const shown = new Set(article.flatMap(({ fields }) => namesInFeeds(fields, now)));
  const haunting = gone.filter(
    ({ fields: { id, ref, when, until } }) =>
      (shown.has(id) || shown.has(ref)) && expiry(when) > seconds(now) && !(until && until <= now),
  );
  const odd = former.filter(
    ({ parts, fields }) =>
      fields.when !== parts.when || fields.ttl !== expiry(fields.when) || fields.until !== undefined,
  );
  return [
    ...haunting.map(({ key }) => `The tombstone is of a visible article: ${key}`),
    ...odd.map(({ key }) => `The tombstone of a former article contradicts itself: ${key}`),
    ...compareRows('gone', own, expected),
  ];
}

/** Its id and, where its feeds show that instead, its guid; none while readers do not see it. */
function namesInFeeds({ status, article }: Found<'article'>['fields'], now: string): string[] {
  const { id, guid, publishedAt } = article;
  if (status !== 'published' || publishedAt > now) return [];
  return guid && isIri(guid) ? [id, guid] : [id];
}

function checkDue({ article, articles, due, now }: State): string[] {
  const embargoed = article.filter(
    ({ fields }) => fields.status === 'published' && fields.article.publishedAt > now,
  );
  const keys = new Set(due.map(({ key }) => key));
  const missing = embargoed.filter(
    ({ fields: { article } }) => !keys.has(`DUE ${article.publishedAt}#EMBARGO#${article.slug}`),
  );
  // The embargo may have ended with the sweep still to come, but it must have been this article's.
  const idle = due.filter(
    ({ parts, fields }) =>
      fields.slug !== parts.slug ||
      (fields.since === undefined && articles.get(fields.slug)?.fields.dueAt !== parts.time),
  );
  // The article may have changed since: then the sweep finds nothing left to announce.
  const early = due.filter(
    ({ parts, fields }) => fields.since !== undefined && fields.since >= (parts.time ?? ''),
  );
  return [
    ...missing.map(({ key }) => `The embargo has no due row: ${key}`),
    ...idle.map(({ key }) => `The due row announces no embargo: ${key}`),
    ...early.map(({ key }) => `The embargo was put off to before it ended: ${key}`),
  ];
}

function checkPings({ ping }: State): string[] {
  const other = ping.filter(({ parts, fields }) => fields.stream !== parts.stream);
  const early = ping.filter(({ parts, fields }) => fields.since > (parts.time ?? ''));
  return [
    ...other.map(({ key }) => `The pings tell of another stream than their key: ${key}`),
    ...early.map(({ key }) => `The pings are due before the change: ${key}`),
  ];
}

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function expiry(when: string): number {
  return seconds(when) + tombstoneSeconds;
}
