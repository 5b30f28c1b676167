import { expect } from 'vitest';

/** How often each kind of request got each status. */
export class Tally {
  readonly counts = new Map<string, number>();

  note(what: string, status: number): void {
    const key = `${what} ${status}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  toString(): string {
    return [...this.counts]
      .sort()
      .map(([key, count]) => `${key}: ${count}`)
      .join(', ');
  }

  /** Of all answers with this status. */
  total(status: number): number {
    return [...this.counts].reduce((sum, [key, count]) => sum + (key.endsWith(` ${status}`) ? count : 0), 0);
  }
}

/** Whether the answer asks to come again. Every failure must do so, as a page to those who asked for one, and say when. */
export async function requireActionable(
  { status, headers }: Response,
  text: string,
  { asPage = false } = {},
): Promise<boolean> {
  if (status < 500) return false;
  expect([status, headers.get('content-type'), text]).toEqual([
    503,
    ...(asPage
      ? ['text/html; charset=utf-8', expect.stringContaining('We are busy')]
      : ['application/problem+json', expect.stringContaining('"status":503')]),
  ]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  return true;
}
