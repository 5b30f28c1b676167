import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serve } from '../support/feed-server.ts';
import { newswire } from '../support/newswire.ts';
import { brokenBy, readGood } from '../unit/lint-documents.ts';
import { temporaryFolder } from './content-folder.ts';

const good = readGood('good.rss.xml');
const withAdvice = brokenBy(good, '<language>', '<textInput/><language>');
const withError = brokenBy(good, 'Sun, 01 Mar 2026', 'Mon, 01 Mar 2026');
const broken = brokenBy(good, 'Fog holds', 'Fog & holds');

function fileOf(document: string): string {
  const path = join(temporaryFolder(), 'feed.xml');
  writeFileSync(path, document);
  return path;
}

test.each([
  ['nothing wrong', good, 0, 0, '0 fatal, 0 errors, 0 advice in 1 document'],
  ['advice', withAdvice, 0, 1, '0 fatal, 0 errors, 1 advice in 1 document'],
  ['an error', withError, 1, 1, '0 fatal, 1 error, 0 advice in 1 document'],
  ['a fatal fault', broken, 1, 1, '1 fatal, 0 errors, 0 advice in 1 document'],
])('ends as it should for %s in a file', async (_what, document, code, strict, count) => {
  const path = fileOf(document);

  const lenient = await newswire('lint', path);

  expect([lenient.code, lenient.out.at(-1)]).toEqual([code, count]);
  expect((await newswire('lint', '--strict', path)).code).toBe(strict);
});

test('prints a line per fault, with its level and its place', async () => {
  const path = fileOf(withError);

  const { out } = await newswire('lint', path);

  expect(out[0]).toMatch(
    /^error {3}\S+feed\.xml rss-date \(line \d+, rss\/channel\/item\[1\]\/pubDate\): .* wrong weekday: it is a Sun$/,
  );
});

test('counts the faults of all that it looks at', async () => {
  const url = await serve(({ headers }) => {
    delete headers.etag;
  });

  const { code, out } = await newswire('lint', fileOf(broken), url);

  expect(code).toBe(1);
  expect(out.find((line) => line.includes('http-etag'))).toMatch(/^advice {2}http:/);
  expect(out.at(-1)).toMatch(/^1 fatal, 0 errors, \d advice in 2 documents$/);
});

test('reads a feed from standard input', async () => {
  const tsx = createRequire(import.meta.url).resolve('tsx/esm');
  const program = join(import.meta.dirname, '../../infra/tools/newswire.ts');
  const child = spawn(process.execPath, ['--import', tsx, program, 'lint', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(withAdvice);

  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);

  expect(code).toBe(0);
  expect(out).toMatch(/^advice {2}- rss-text-input /);
});

test.each([[], ['nothing.xml'], ['ftp://a.example/'], ['--nothing']])(
  'ends with 2 for %j, typed wrongly',
  async (...args) => {
    expect((await newswire('lint', ...args)).code).toBe(2);
  },
);
