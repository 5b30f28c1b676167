import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { findMeta } from '../../functions/store/read-article.ts';
import { readVersions, readWritten } from '../../functions/store/versions.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { noise } from '../support/noise.ts';
import { repairStore } from '../support/repair.ts';
import { keyText, scanStore } from '../support/scan.ts';

const who = 'arn:aws:iam::123456789012:user/ada';
const later = '2026-06-02T12:00:00.000Z';

async function versionsOf(backend: TestBackend, slug: string) {
  const found = await findMeta(backend.store, slug);
  if (!found || 'movedTo' in found) throw new Error(`There is no article at ${slug}`);
  return readVersions(backend.store, found, backend.time);
}

/** As the record was before texts were kept as they were put. */
async function makeOld({ store }: TestBackend, slug: string): Promise<void> {
  const pk = { S: `ARTICLE#${slug}` };
  await store.client.send(
    new UpdateItemCommand({
      TableName: store.content,
      Key: { pk, sk: { S: 'META' } },
      UpdateExpression: 'REMOVE versionChunks',
    }),
  );
  const Key = { pk: { S: `VERSION#${slug}` }, sk: { S: '1' } };
  await store.client.send(new DeleteItemCommand({ TableName: store.content, Key }));
}

test('keeps a replaced text with who, when and by which way, as it was put', async ({ backend }) => {
  await backend.put('storm', { title: 'First', markdown: '*One*' }, { who });
  backend.time = later;
  await backend.put('storm', { title: 'Second', markdown: '*Two*' }, { who: 'another' });

  const [former, ...others] = await versionsOf(backend, 'storm');

  expect(others).toEqual([]);
  expect(former).toMatchObject({ n: 1, article: { title: 'First' }, who, way: 'api' });
  expect(former).toMatchObject({ when: '2026-06-01T12:00:00.000Z' });
  expect(former?.replaced).toEqual({ when: later, who: 'another', way: 'api' });
  expect(await readWritten(backend.store, 'storm', 1)).toEqual({ markdown: '*One*' });
  expect(await readWritten(backend.store, 'storm', 2)).toEqual({ markdown: '*Two*' });
  expect(await backend.check()).toEqual([]);
});

test('keeps a deleted text, and none for a write that changes nothing', async ({ backend }) => {
  await backend.put('storm', { text: 'One' });
  await backend.put('storm', { text: 'One' });
  const before = await versionsOf(backend, 'storm');

  await backend.remove('storm');

  expect(before).toEqual([]);
  expect(await versionsOf(backend, 'storm')).toMatchObject([{ n: 1 }]);
  expect(await backend.check()).toEqual([]);
});

test('forgets a former text after 90 days, also while the table still holds it', async ({ backend }) => {
  await backend.put('storm', { text: 'One' });
  await backend.put('storm', { text: 'Two' });

  backend.time = '2026-08-30T11:59:59.000Z';
  const kept = await versionsOf(backend, 'storm');
  backend.time = '2026-08-30T12:00:00.000Z';

  expect(kept).toHaveLength(1);
  expect(await versionsOf(backend, 'storm')).toEqual([]);
});

test('finds the versions of a renamed article under both addresses', async ({ backend }) => {
  await backend.put('storm', { text: 'One' });
  await backend.put('gale', { text: 'Two', aliases: ['storm'] });
  await backend.put('gale', { text: 'Three', aliases: ['storm'] });

  const versions = await versionsOf(backend, 'gale');

  expect(versions.map(({ n, article }) => [n, article.slug])).toEqual([
    [2, 'gale'],
    [1, 'storm'],
  ]);
  expect(await backend.check()).toEqual([]);
});

test('keeps the text of an article that was stored before versions were', async ({ backend }) => {
  await backend.put('storm', { markdown: '*One*' });
  await makeOld(backend, 'storm');
  expect(await backend.check()).toEqual([]);

  await backend.remove('storm');

  const [former] = await versionsOf(backend, 'storm');
  expect(former).toMatchObject({ n: 1, way: 'api', replaced: { way: 'api' } });
  expect(former).not.toHaveProperty('who');
  expect(await readWritten(backend.store, 'storm', 1)).toEqual({ html: '<p><em>One</em></p>' });
  expect(await backend.check()).toEqual([]);
});

test('keeps a long text in parts that each fit into a row', async ({ backend }) => {
  const text = noise(900_000);
  await backend.put('storm', { text });
  await backend.put('storm', { text: 'Short' });

  const { content } = await scanStore(backend.store);
  const parts = content.filter(({ pk, sk }) => pk === 'VERSION#storm' && sk?.startsWith('1'));

  expect(parts.map(keyText)).toEqual(['VERSION#storm 1', 'VERSION#storm 1#1']);
  expect(new Set(parts.map(({ ttl }) => ttl)).size).toBe(1);
  expect((await readWritten(backend.store, 'storm', 1))?.text === text).toBe(true);
  expect(await backend.check()).toEqual([]);
});

test.for<[string, string, string]>([
  ['a former text that would stay for ever', 'VERSION#storm 1', 'REMOVE #ttl, replaced'],
  ['a present text that would expire', 'VERSION#storm 2', 'SET #ttl = :ttl'],
])('mends %s', async ([, key, UpdateExpression], { backend }) => {
  await backend.put('storm', { text: 'One' });
  await backend.put('storm', { text: 'Two' });
  const [pk = '', sk = ''] = key.split(' ');
  await backend.store.client.send(
    new UpdateItemCommand({
      TableName: backend.store.content,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ...(UpdateExpression.includes(':ttl') && {
        ExpressionAttributeValues: { ':ttl': { N: '1800000000' } },
      }),
    }),
  );
  expect(await backend.check()).not.toEqual([]);

  const findings = await repairStore(backend.store, backend.time);

  expect(findings).toMatchObject([{ outcome: 'corrected', row: key }]);
  expect(await backend.check()).toEqual([]);
});
