import { atomRules } from './atom-rules.ts';
import { isObject, type JsonObject, jsonFields } from './json-fields.ts';
import { jsonRules } from './json-rules.ts';
import { historyRules, moduleRules, tombstoneRules } from './module-rules.ts';
import { rssProfile } from './rss-profile.ts';
import { rssRules } from './rss-rules.ts';
import { applyRules, type Finding, type Level, type LintFault, levelOf } from './rule.ts';
import { elementsOf, readXml, relOf } from './xml-document.ts';

export type { Level, LintFault } from './rule.ts';

/** How a document is served. Unknown fields are not checked. */
export interface Served {
  url?: string | undefined;
  contentType?: string | undefined;
}

const formats = {
  rss: {
    type: 'application/rss+xml',
    rules: { ...rssRules, ...rssProfile, ...moduleRules, ...historyRules },
  },
  'atom:feed': {
    type: 'application/atom+xml',
    rules: { ...atomRules, ...moduleRules, ...historyRules, ...tombstoneRules },
  },
};
const json = { type: 'application/feed+json', rules: { ...jsonFields, ...jsonRules } };

/** The names of all rules, by format. */
export const lintRules = {
  rss: Object.keys(formats.rss.rules),
  atom: Object.keys(formats['atom:feed'].rules),
  json: Object.keys(json.rules),
};

/** Every fault of a feed that shows in its text and in `served`. */
export function lintFeed(text: string, served: Served): LintFault[] {
  return isJson(text) ? lintJson(text, served) : lintXml(text, served);
}

/** Only the faults that break readers: cheap enough to run before a feed is served. */
export function findFatalFaults(text: string): LintFault[] {
  return isJson(text) ? lintJson(text, {}, 'fatal') : lintXml(text, {}, 'fatal');
}

function lintXml(text: string, { url, contentType }: Served, only?: Level): LintFault[] {
  const document = readXml(text, url);
  if ('message' in document) return [fault('xml-well-formed', document)];
  const { kind } = document.root;
  if (kind !== 'rss' && kind !== 'atom:feed')
    return [unknownFormat(`The root element ${kind} is neither rss nor an Atom feed`)];
  const { type, rules } = formats[kind];
  return [...mediaTypeFaults(contentType, type), ...applyRules(rules, document, only)];
}

function lintJson(text: string, { url, contentType }: Served, only?: Level): LintFault[] {
  const feed = parseJson(text);
  if (feed instanceof Error) return [fault('json-well-formed', { message: feed.message, place: '/' })];
  if (!String(feed.version).startsWith('https://jsonfeed.org/version/'))
    return [unknownFormat('The object names no version of JSON Feed')];
  return [...mediaTypeFaults(contentType, json.type), ...applyRules(json.rules, { feed, url }, only)];
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

function parseJson(text: string): JsonObject | SyntaxError {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : new SyntaxError('Is no object');
  } catch (error) {
    return error as SyntaxError;
  }
}

function fault(rule: string, finding: Finding): LintFault {
  return { rule, level: levelOf(rule), ...finding };
}

function unknownFormat(message: string): LintFault {
  return fault('known-format', { message, place: '/' });
}

function mediaTypeFaults(contentType: string | undefined, type: string): LintFault[] {
  const parts = (contentType ?? type).toLowerCase().split(';', 2);
  const [served, charset = 'utf-8'] = parts.map((part) => part.trim());
  if (served === type && /^(charset=)?"?utf-8/.test(charset)) return [];
  return [fault('media-type', { message: `Is served as ${contentType} instead of ${type}`, place: '/' })];
}

/** The other documents that a well-formed feed links: its history (RFC 5005), or the next page of JSON Feed. */
export function linkedDocuments(text: string): { relation: string; url: string }[] {
  if (isJson(text)) {
    const { next_url: url } = JSON.parse(text);
    return typeof url === 'string' ? [{ relation: 'next_url', url }] : [];
  }
  const document = readXml(text, undefined);
  if ('message' in document) return [];
  return elementsOf(document, 'atom:link')
    .map((link) => ({ relation: relOf(link), url: link.attributes.href ?? '' }))
    .filter(({ relation }) => ['prev-archive', 'next-archive', 'current'].includes(relation));
}
