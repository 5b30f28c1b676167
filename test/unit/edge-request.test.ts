import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { queryParameters, routes } from '../../functions/api/routes.ts';

interface EdgeValue {
  value: string;
  multiValue?: { value: string }[];
}
interface EdgeRequest {
  uri: string;
  headers: Record<string, EdgeValue>;
  querystring: Record<string, EdgeValue>;
}

const source = readFileSync('infra/edge-request.js', 'utf8');
// CloudFront knows no modules: it evaluates the file and calls `handler`.
const handler: (event: { request: EdgeRequest }) => EdgeRequest = new Function(
  `${source}; return handler;`,
)();

function requestOf(uri: string, parts: Partial<EdgeRequest> = {}): EdgeRequest {
  return handler({ request: { uri, headers: {}, querystring: {}, ...parts } });
}

const example: Record<string, string> = {
  kind: 'tag',
  name: '%E6%B8%AF',
  slug: 'gates',
  format: 'rss',
  part: '2',
  month: '2026-03',
  hash: '0123456789abcdef',
  file: 'harbour.png',
};
const addressOf = (template: string) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => example[name] ?? '');

describe('before the edge looks for a copy', () => {
  // Those that answer with a page, and an article's JSON, are not kept, and what comes before the edge does not touch them.
  const kept = Object.entries(routes).filter(
    ([name, path]) => (/\.\w+$/.test(path) && name !== 'articleJson') || ['/feeds', '/about'].includes(path),
  );

  test.each(kept)('%s has of its query what it takes', (name, path) => {
    const querystring = { before: { value: 'a' }, after: { value: 'b' }, utm_source: { value: 'c' } };

    const left = requestOf(addressOf(path), { querystring }).querystring;

    expect(Object.keys(left)).toEqual(queryParameters[name as keyof typeof routes] ?? []);
  });

  test('of a place that is given twice the first is left, and an empty one is not taken for none', () => {
    const twice = { before: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b' }] } };

    expect(requestOf('/feed.json', { querystring: twice }).querystring).toEqual({ before: { value: 'a' } });
    expect(requestOf('/feed.json', { querystring: { before: { value: '' } } }).querystring).toEqual({
      before: { value: '' },
    });
  });

  test.each([
    ['document', { value: 'document' }],
    ['empty', undefined],
    ['x1', undefined],
    ['Document', undefined],
    ['', undefined],
  ])('Sec-Fetch-Dest: %s', (value, left) => {
    const { headers } = requestOf('/rss.xml', {
      headers: { 'sec-fetch-dest': { value }, 'if-none-match': { value: '"1"' } },
    });

    expect(headers).toEqual({ 'if-none-match': { value: '"1"' }, ...(left && { 'sec-fetch-dest': left }) });
  });

  test('a second Sec-Fetch-Dest makes no key of its own', () => {
    const both = { value: 'document', multiValue: [{ value: 'document' }, { value: 'x1' }] };

    expect(requestOf('/rss.xml', { headers: { 'sec-fetch-dest': both } }).headers).toEqual({
      'sec-fetch-dest': { value: 'document' },
    });
  });

  test('is as small as CloudFront wants it', () => {
    expect(Buffer.byteLength(source)).toBeLessThan(10 * 1024);
  });
});
