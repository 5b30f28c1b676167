/** `fatal`: a reader or parser breaks. `error`: the format or protocol says MUST. `advice`: a profile, or courtesy to readers. */
export type Level = 'fatal' | 'error' | 'advice';

export interface LintFault {
  /** Short and stable, such as `rss-guid-unique`. */
  rule: string;
  level: Level;
  message: string;
  /** In XML the line and the element, in JSON a pointer. */
  place: string;
}

export type Finding = Pick<LintFault, 'message' | 'place'>;
export type Rule<Document> = (document: Document) => Finding[];
export type Rules<Document> = Record<string, Rule<Document>>;

/** Rules with another level than `error`. */
const levels: Record<Exclude<Level, 'error'>, string[]> = {
  fatal: (
    'xml-well-formed json-well-formed known-format rss-one-channel rss-channel-required rss-item-text ' +
    'rss-misplaced-item rss-guid-unique atom-required atom-entry-unique atom-misplaced-entry json-required ' +
    'json-item-id json-item-unique json-characters'
  ).split(' '),
  advice: (
    'rss-guid rss-build-date rss-image-of-channel rss-self-link rss-plain-text rss-one-enclosure ' +
    'rss-description-first rss-author-name rss-text-input content-address hub-unique json-content-address'
  ).split(' '),
};

export function levelOf(rule: string): Level {
  if (levels.fatal.includes(rule)) return 'fatal';
  return levels.advice.includes(rule) ? 'advice' : 'error';
}

/** The findings of every rule, or of the rules of one level. */
export function applyRules<Document>(rules: Rules<Document>, document: Document, only?: Level): LintFault[] {
  return Object.entries(rules).flatMap(([rule, check]) => {
    const level = levelOf(rule);
    if (only !== undefined && level !== only) return [];
    return check(document).map((finding) => ({ rule, level, ...finding }));
  });
}

/** The values whose key an earlier one has too; those without a key are left out. */
export function repeated<Value>(values: Value[], keyOf: (value: Value) => string | undefined): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    if (key === undefined) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
