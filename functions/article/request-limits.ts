import { InvalidArticleError } from './fault.ts';

const maxValues = 1000;
const maxNameLength = 100;

/**
 * Throws InvalidArticleError for a value far beyond any article: each value can be a fault, and megabytes of `[1,1,1` would
 * make a list of faults that exceeds the memory of a function.
 */
export function assertRequestLimits(value: unknown): void {
  const refuse = (message: string) => {
    throw new InvalidArticleError([{ pointer: '', message }]);
  };
  const left = [value];
  let seen = 0;
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    const fields = Object.entries(next);
    seen += fields.length;
    if (seen > maxValues) refuse(`holds more than ${maxValues.toLocaleString('en')} values`);
    if (fields.some(([name]) => name.length > maxNameLength))
      refuse(`holds a field name of more than ${maxNameLength} characters`);
    left.push(...fields.map(([, field]) => field));
  }
}
