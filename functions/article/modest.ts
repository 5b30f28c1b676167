import { InvalidArticleError } from './fault.ts';

const maxValues = 1000;
const maxNameLength = 100;

/**
 * Throws InvalidArticleError for a value that no article comes near to: megabytes of `[1,1,1` would give as many faults, and
 * the list of them more than a function's memory or answer holds.
 */
export function requireModest(value: unknown): void {
  const left = [value];
  let seen = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    const fields = Object.entries(next);
    seen += fields.length;
    if (seen > maxValues) throw refusal(`holds more than ${maxValues.toLocaleString('en')} values`);
    if (fields.some(([name]) => name.length > maxNameLength))
      throw refusal(`holds a field name of more than ${maxNameLength} characters`);
    left.push(...fields.map(([, field]) => field));
  }
}

function refusal(message: string): InvalidArticleError {
  return new InvalidArticleError([{ pointer: '', message }]);
}
