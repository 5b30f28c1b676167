import { isUtf8 } from 'node:buffer';
import type { Level } from '../../../functions/lint/lint-feed.ts';
import type { Answer } from '../api/http.ts';
import type { Polled } from './lint-address.ts';

/** What is wrong, a message each. */
type HttpRule = (feed: Polled) => string[] | Promise<string[]>;

const ofBoth = ['etag', 'cache-control', 'vary', 'content-location', 'expires'];
const ofHead = [...ofBoth, 'content-type', 'last-modified', 'link', 'content-encoding'];
const gzip = { 'accept-encoding': 'gzip' };

/** RFC 9110, RFC 9111 and WebSub, as a reader that polls a feed sees them. */
export const httpRules: Record<string, HttpRule> = {
  'http-utf8': ({ answer }) => (isUtf8(answer.body) ? [] : ['The document is not in UTF-8']),

  'http-etag': ({ answer }) => (answer.header('etag') ? [] : ['There is no ETag']),

  'http-last-modified': ({ answer }) =>
    answer.header('last-modified')
      ? []
      : ['There is no Last-Modified; within a second of a change that is right, so try again'],

  // Against the sender's own clock: ours may be wrong.
  'http-future': ({ answer }) => {
    const [modified, sent] = ['last-modified', 'date'].map((name) => Date.parse(answer.header(name) ?? ''));
    return Number(modified) > Number(sent) ? ['Last-Modified is later than Date'] : [];
  },

  'http-not-modified': async (feed) => {
    const faults = await Promise.all(
      conditionsOf(feed.answer).map((headers) => notModifiedFaults(feed, headers)),
    );
    return faults.flat();
  },

  'http-precedence': async ({ answer, ask }) => {
    const modified = answer.header('last-modified');
    if (!modified) return [];
    const { status } = await ask({ 'if-none-match': '"of-no-document"', 'if-modified-since': modified });
    return status === 200 ? [] : [`An If-None-Match that does not match gives ${status}, not the document`];
  },

  'http-head': async ({ answer, ask }) => {
    const head = await ask({}, 'HEAD');
    return [
      ...(head.status === answer.status ? [] : [`HEAD gives ${head.status}`]),
      ...differences(ofHead, head, answer).map((name) => `HEAD has another ${name} than GET`),
    ];
  },

  'http-gzip': async ({ answer, ask }) => {
    const packed = await ask(gzip);
    if (packed.header('content-encoding') !== 'gzip') return ['Is not compressed for readers that take gzip'];
    const isSame = packed.text === answer.text || packed.header('etag') !== answer.header('etag');
    return isSame ? [] : ['Is another document when compressed, under the same ETag'];
  },

  'http-strong-etag': async ({ answer, ask }) => {
    const packed = await ask(gzip);
    const etag = answer.header('etag');
    const isShared = packed.header('content-encoding') === 'gzip' && packed.header('etag') === etag;
    return isShared && etag?.startsWith('"')
      ? ['A strong ETag has to differ where the bytes do: compressed or not']
      : [];
  },

  'http-vary': async ({ ask }) => {
    const packed = await ask(gzip);
    const varies = /(^|[\s,])(accept-encoding|\*)([\s,]|$)/i.test(packed.header('vary') ?? '');
    return varies || !packed.header('content-encoding')
      ? []
      : ['Is compressed, but Vary has no Accept-Encoding'];
  },

  'http-cache-control': ({ answer }) =>
    /\b(max-age=\d+|no-cache)\b/.test(answer.header('cache-control') ?? '')
      ? []
      : ['Cache-Control does not tell how long the document may be kept'],

  'http-cookie': ({ answer }) => (answer.header('set-cookie') ? ['Sets a cookie'] : []),

  'http-hub': ({ answer }) => {
    const hasHub = /rel="?hub"?/.test(answer.text) || /^\s*"hubs"\s*:/m.test(answer.text);
    const link = answer.header('link') ?? '';
    const [hubs, selves] = ['hub', 'self'].map((rel) => link.match(new RegExp(`rel="?${rel}"?`, 'g')) ?? []);
    return hasHub && (hubs?.length === 0 || selves?.length !== 1)
      ? ['Has a hub, so that the header Link needs it too, and one rel="self"']
      : [];
  },
};

/** What no RFC demands, but readers are glad of. */
const courtesy = ['http-etag', 'http-last-modified', 'http-gzip', 'http-cache-control', 'http-cookie'];

export function levelOfHttp(rule: string): Level {
  return courtesy.includes(rule) ? 'advice' : 'error';
}

function conditionsOf(answer: Answer): Record<string, string>[] {
  const etag = answer.header('etag');
  const modified = answer.header('last-modified');
  return [
    ...(etag ? [{ 'if-none-match': etag }, { 'if-none-match': `"other", ${etag}` }] : []),
    ...(modified ? [{ 'if-modified-since': modified }] : []),
  ];
}

async function notModifiedFaults(
  { answer, ask }: Polled,
  headers: Record<string, string>,
): Promise<string[]> {
  const asked = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const polled = await ask(headers);
  if (polled.status !== 304) return [`${asked} gives ${polled.status}, not 304`];
  return [
    ...(polled.body.length > 0 ? [`The 304 to ${asked} has a body`] : []),
    ...differences(ofBoth, polled, answer).map(
      (name) => `The 304 to ${asked} has another ${name} than the 200`,
    ),
  ];
}

function differences(names: string[], one: Answer, other: Answer): string[] {
  return names.filter((name) => one.header(name) !== other.header(name));
}
