import { atomStructure } from './atom-structure.ts';
import { atomValues } from './atom-values.ts';
import { history } from './history.ts';
import { isObject, type JsonObject, jsonDocument } from './json-document.ts';
import { jsonFields } from './json-fields.ts';
import { jsonValues } from './json-values.ts';
import { modules } from './modules.ts';
import { readXml } from './read-xml.ts';
import { rssProfile } from './rss-profile.ts';
import { rssStructure } from './rss-structure.ts';
import { rssValues } from './rss-values.ts';
import { applyRules, type LintFault } from './rule.ts';
import { tombstones } from './tombstones.ts';

export type { LintFault } from './rule.ts';

/** Where a document is served, and as what; without a type, that is not judged. */
export interface Served {
  url: string;
  contentType?: string | undefined;
}

const formats = {
  rss: {
    type: 'application/rss+xml',
    rules: { ...rssStructure, ...rssValues, ...rssProfile, ...modules, ...history },
  },
  'atom:feed': {
    type: 'application/atom+xml',
    rules: { ...atomStructure, ...atomValues, ...modules, ...history, ...tombstones },
  },
};
const json = { type: 'application/feed+json', rules: { ...jsonFields, ...jsonValues } };

/** The names of all rules, by what they judge. */
export const lintRules = {
  rss: Object.keys(formats.rss.rules),
  atom: Object.keys(formats['atom:feed'].rules),
  json: Object.keys(json.rules),
};

/** All that is wrong with a feed, of what its text alone can tell; empty for one that no reader and no validator can fault. */
export function lintFeed(text: string, served: Served): LintFault[] {
  return text.trimStart().startsWith('{') ? lintJson(text, served) : lintXml(text, served);
}

function lintXml(text: string, { url, contentType }: Served): LintFault[] {
  const document = readXml(text, url);
  if ('rule' in document) return [document];
  const { kind } = document.root;
  if (kind !== 'rss' && kind !== 'atom:feed')
    return [unknown(`The root element ${kind} is neither rss nor an Atom feed`)];
  const { type, rules } = formats[kind];
  return [...mediaType(contentType, type), ...applyRules(rules, document)];
}

function lintJson(text: string, { url, contentType }: Served): LintFault[] {
  const feed = parse(text);
  if (feed instanceof Error) return [{ rule: 'json-well-formed', message: feed.message, place: '/' }];
  if (!String(feed.version).startsWith('https://jsonfeed.org/version/'))
    return [unknown('The object has no version of JSON Feed')];
  return [...mediaType(contentType, json.type), ...applyRules(json.rules, jsonDocument(feed, url))];
}

function parse(text: string): JsonObject | SyntaxError {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : new SyntaxError('Is no object');
  } catch (error) {
    return error as SyntaxError;
  }
}

function unknown(message: string): LintFault {
  return { rule: 'known-format', message, place: '/' };
}

function mediaType(contentType: string | undefined, type: string): LintFault[] {
  const [served, charset] = (contentType ?? type).toLowerCase().split(/\s*;\s*(?:charset=)?"?/);
  if (served === type && (charset ?? 'utf-8').startsWith('utf-8')) return [];
  return [{ rule: 'media-type', message: `Is served as ${contentType} instead of ${type}`, place: '/' }];
}
