export interface LintFault {
  /** Short and stable, such as `rss-guid-unique`. */
  rule: string;
  message: string;
  /** For XML the element and its line, for JSON a pointer. */
  place: string;
}

export interface Finding {
  message: string;
  place: string;
}

export type Rule<Document> = (document: Document) => Finding[];
export type Rules<Document> = Record<string, Rule<Document>>;

/** Every rule in turn, over the whole document. */
export function applyRules<Document>(rules: Rules<Document>, document: Document): LintFault[] {
  return Object.entries(rules).flatMap(([rule, check]) =>
    check(document).map((finding) => ({ rule, ...finding })),
  );
}

/** The values that are there more than once, each from its second time on. */
export function repeated<Value>(values: Value[], keyOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}
