import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function readGood(name: string): string {
  return readFileSync(join(import.meta.dirname, '../fixtures/lint', name), 'utf8');
}

/** The document with the first `from` replaced, which has to be there. */
export function brokenBy(document: string, from: string, to: string): string {
  if (!document.includes(from)) throw new Error(`The document has no ${from}`);
  return document.replace(from, () => to);
}
