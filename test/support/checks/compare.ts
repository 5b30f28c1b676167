import { isDeepStrictEqual } from 'node:util';
import { keyText } from '../scan.ts';

type Fields = Record<string, unknown>;

/** Rows by their key as people read it. */
export class ExpectedRows extends Map<string, Fields> {
  expect(pk: string, sk: string, fields: Fields): void {
    this.set(keyText({ pk, sk }), fields);
  }
}

/** What is missing, what differs and in which fields, and what nothing calls for. */
export function compareRows(
  name: string,
  actual: { key: string; fields: object }[],
  expected: ExpectedRows,
): string[] {
  const found = new Map(actual.map(({ key, fields }) => [key, fields as Fields]));
  const missing = [...expected.keys()].filter((key) => !found.has(key));
  return [
    ...missing.map((key) => `The ${name} row is missing: ${key}`),
    ...[...found].flatMap(([key, fields]) => {
      const due = expected.get(key);
      if (!due) return [`Nothing calls for the ${name} row: ${key}`];
      const names = [...new Set([...Object.keys(fields), ...Object.keys(due)])];
      const wrong = names.filter((field) => !isDeepStrictEqual(fields[field], due[field]));
      return wrong.length > 0 ? [`The ${name} row differs in ${wrong.join(', ')}: ${key}`] : [];
    }),
  ];
}
