import { expect } from 'vitest';
import { TooLargeError } from '../../functions/article/fault.ts';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { change, lose } from '../support/corrupt.ts';
import { digest } from '../support/digest.ts';
import { noise } from '../support/noise.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, keyText, type Row, scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

const maxItems = 100;
const maxTransactionBytes = 4_000_000;
const maxBodyBytes = 1_000_000;

/** Clean HTML of exactly this many bytes that hardly compresses. */
function body(bytes: number, seed = 1): string {
  return `<p>${noise(bytes - '<p></p>'.length, seed)}</p>`;
}

/** An article at every bound: no two of them by different names share a label, an old address, a guid or a body. */
function largest(name: string, seed: number): Fields {
  return {
    title: name.repeat(300).slice(0, 300),
    summary: '界'.repeat(1000),
    html: body(maxBodyBytes, seed),
    publishedAt: `20${20 - seed}-05-01T08:00:00Z`,
    category: `${name} category`,
    tags: Array.from({ length: 20 }, (_, index) => `${name} ${'字'.repeat(50)} ${index}`),
    source: { name: `${name} source`, url: 'https://example.com/', credit: '源'.repeat(300) },
    authors: Array.from({ length: 20 }, () => '人'.repeat(100)),
    image: { url: '/media/storm.png', alt: '像'.repeat(500) },
    guid: `${name} guid`,
    aliases: Array.from({ length: 10 }, (_, index) => `${name}-${index}-${'x'.repeat(80)}`),
  };
}

/** The backend with the items that each of its transactions sends, and their bytes, keys and names included. */
function measured(backend: TestBackend) {
  const transactions: { items: number; bytes: number }[] = [];
  const store = watchStore(backend.store, (command, { TransactItems: items }) => {
    if (command === 'TransactWriteItems' && Array.isArray(items))
      transactions.push({ items: items.length, bytes: sizeOf(items) });
  });
  return { backend: backend.through(store), transactions };
}

// More than DynamoDB counts: conditions, table names and punctuation are in it.
function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(String(value));
  return Object.entries(value).reduce((sum, [name, part]) => sum + name.length + sizeOf(part), 0);
}

test('changes everything of the largest article at once', async ({ backend }) => {
  await backend.put('old-address', largest('old', 1));
  const { backend: watched, transactions } = measured(backend);
  const next = largest('new', 2);
  const aliases = ['old-address', ...(next.aliases as string[]).slice(1)];

  const { outcome } = await watched.put('new-address', { ...next, aliases, views: 930 });

  const { html, article } = await backend.read('new-address');
  expect(outcome).toBe('replaced');
  // The former text goes first, in a transaction of its own: the change alone fills one.
  expect(transactions).toHaveLength(2);
  for (const { items, bytes } of transactions) {
    expect(items).toBeLessThanOrEqual(maxItems);
    expect(bytes).toBeLessThanOrEqual(maxTransactionBytes);
  }
  expect(digest(html)).toBe(digest(body(maxBodyBytes, 2)));
  expect(article).toMatchObject({ slug: 'new-address', tags: next.tags, aliases });
});

test.for<[string, number, (backend: TestBackend) => Promise<unknown>]>([
  // Its counter goes its own way afterwards.
  ['deletes', 2, (backend) => backend.remove('storm')],
  ['withdraws', 1, (backend) => backend.put('storm', { ...largest('old', 1), draft: true })],
  [
    'puts under embargo',
    1,
    (backend) => backend.put('storm', { ...largest('old', 1), publishedAt: '2026-07-01T08:00:00Z' }),
  ],
])('%s the largest article at once', async ([, count, change], { backend }) => {
  await backend.put('storm', largest('old', 1));
  const { backend: watched, transactions } = measured(backend);

  await change(watched);

  expect(transactions).toHaveLength(count);
  expect(transactions[0]?.items).toBeLessThanOrEqual(maxItems);
});

test('refuses a body of one byte more and changes nothing', async ({ backend }) => {
  await backend.put('storm', { html: body(maxBodyBytes) });
  const before = await describeStore(backend.store);

  const write = backend.put('storm', { html: body(maxBodyBytes + 1) });

  await expect(write).rejects.toThrow(TooLargeError);
  expect(await describeStore(backend.store)).toEqual(before);
});

test('refuses a text whose clean HTML is one byte too long', async ({ backend }) => {
  const text = noise(maxBodyBytes - '<p></p>'.length);
  await backend.put('storm', { text });

  const write = backend.put('storm', { text: `${text}x` });

  await expect(write).rejects.toThrow(TooLargeError);
});

test('refuses a change of more items than one transaction holds, and changes nothing', async ({
  backend,
}) => {
  await backend.put('old-address', largest('old', 1));
  const before = await describeStore(backend.store);
  const next = largest('new', 2);
  const aliases = ['old-address', ...(next.aliases as string[]).slice(1)];

  // Beside everything else, an embargo leaves a tombstone in each of the 23 streams.
  const write = backend.put('new-address', { ...next, aliases, publishedAt: '2026-07-01T08:00:00Z' });

  await expect(write).rejects.toThrow(TooLargeError);
  expect(await describeStore(backend.store)).toEqual(before);
});

test('mends every row beside the largest article at once', async ({ backend }) => {
  await backend.put('storm', largest('old', 1));
  await backend.put('storm', { ...largest('old', 1), publishedAt: '2026-07-01T08:00:00Z' });
  const before = await scanStore(backend.store);
  const apart = ['ARTICLE#storm', 'VERSION#storm', 'CHANGED'];
  const lost = before.content.filter(({ pk }) => !apart.includes(pk));
  await Promise.all(lost.map((row) => lose(keyText(row))(backend.store)));
  for (const index of [0, 1, 2])
    await change(`ARTICLE#storm BODY#${index}`, { bodyHash: 'x' })(backend.store);
  const { backend: watched, transactions } = measured(backend);

  await repairStore(watched.store, backend.time);

  expect(transactions).toHaveLength(1);
  expect(transactions[0]?.items).toBe(lost.length + 3 + 1);
  expect(transactions[0]?.items).toBeLessThanOrEqual(maxItems);
  expect(transactions[0]?.bytes).toBeLessThanOrEqual(maxTransactionBytes);
  const found = { since: '2026-07-01T08:00:00.000Z', by: 'storm#2' };
  const content = before.content.map((row) => (row.pk === 'STREAMS' ? { ...row, ...found } : row));
  const after = await scanStore(backend.store);
  expect(after.content.map(withDigest)).toEqual(content.map(withDigest));
});

/** A row that is quick to compare. */
function withDigest({ chunk, ...row }: Row) {
  return chunk instanceof Uint8Array ? { ...row, chunk: digest(chunk) } : row;
}
