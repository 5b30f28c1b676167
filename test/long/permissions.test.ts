import { beforeAll, describe, expect, test } from 'vitest';
import type { Template } from '../../infra/local/template.ts';
import { type Hub, startHub } from '../support/hub.ts';
import type { Access } from '../support/permissions/accesses.ts';
import { grant, revoke, unbind } from '../support/permissions/change-role.ts';
import { doEverything, filesWith } from '../support/permissions/duties.ts';
import { judge } from '../support/permissions/judge.ts';
import { platformAccesses } from '../support/permissions/platform-accesses.ts';
import { reachOf } from '../support/permissions/reach.ts';
import { readRoles } from '../support/permissions/roles.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/upstream.ts';

/** Grants that no run can prove to be needed. */
const unprovable = {
  'Announce dynamodb:ListStreams table/Content/stream/local':
    "AWS's guide asks for it on the stream of a function behind one; IAM's own tables know of no resource for it",
};
const announcing = [
  'dynamodb:BatchGetItem table/Content of FEED',
  ...['dynamodb:UpdateItem', 'dynamodb:DeleteItem'].map((action) => `${action} table/Content of DUE`),
];

let hub: Hub;
let upstream: Upstream;
let site: Site;
let template: Template;
let swept: unknown;
/** Of the one run that all tests judge. */
let accesses: Access[];

beforeAll(async () => {
  hub = await startHub();
  upstream = await startUpstream();
  site = await startSite({
    files: filesWith(hub.url, upstream.url),
    change(synthesised) {
      template = synthesised;
    },
  });
  swept = await doEverything(site, upstream);
  accesses = [...site.guard.accesses, ...platformAccesses(template)];
  return async () => {
    await closeSound(site);
    await hub.close();
    await upstream.close();
  };
});

/** The template that was run, with another grant. */
function changed(change: (template: Template) => void): Template {
  const copy = structuredClone(template);
  change(copy);
  return copy;
}

test('every function is allowed all that it does', async () => {
  const { denied } = await judge(site.guard.roles, accesses);

  expect(denied).toEqual([]);
  // The embargo, and what hubs are told of its two streams.
  expect(swept).toEqual({ done: 3, failed: 0 });
  expect(site.stage.failed('AnnounceFailures')).toEqual([]);
});

test('every function does all that it is allowed', async () => {
  const roles = site.guard.roles;

  const { idle } = await judge(roles, accesses);

  expect([...roles.keys()].sort()).toEqual([
    'Announce',
    'Desk',
    'ImportContent',
    'Media',
    'PublishArticle',
    'PullSources',
    'ReadSite',
    'RepairRows',
    'Sweep',
  ]);
  expect(idle).toEqual(Object.keys(unprovable));
});

test.each([
  [
    'ReadSite',
    [
      ...['dynamodb:PutItem', 'dynamodb:BatchGetItem'].map((action) => `${action} table/Content of FEED`),
      'dynamodb:BatchGetItem table/Content of ARTICLE',
      'dynamodb:PutItem table/Content of READ',
      'dynamodb:UpdateItem table/Content of SUBSCRIPTIONS',
    ],
  ],
  ['Announce', announcing],
  [
    'Sweep',
    [
      ...announcing,
      'dynamodb:PutItem table/Content of DIRECTORY',
      'dynamodb:BatchGetItem table/Content of ARTICLE',
      'dynamodb:PutItem table/Content of MOSTREAD',
      ...['PutItem', 'DeleteItem'].map((action) => `dynamodb:${action} table/Content of CHANGED`),
    ],
  ],
])('%s reaches what is its own to write, and no article but to read it', async (construct, expected) => {
  const reached = await reachOf(site.guard.roles, construct);

  expect(reached.sort()).toEqual(expected.map((access) => `${construct} ${access}`).sort());
});

describe('is noticed:', () => {
  test('a missing grant, by the function that is refused', async () => {
    const broken = await startSite({
      change: (template) => revoke(template, 'PublishArticle', 'dynamodb:BatchGetItem'),
    });
    const body = { title: 'Sent', text: 'Some text.', publishedAt: '2026-01-02T10:00:00+08:00' };

    const { status } = await signedFetch(`${broken.url}/articles/sent`, { method: 'PUT', body });
    const { denied } = await judge(broken.guard.roles, broken.guard.accesses);
    await broken.close();

    expect(status).toBe(500);
    expect(denied).toEqual(['PublishArticle dynamodb:BatchGetItem table/Content of ARTICLE']);
  });

  test('a missing grant behind the stream, by what ends in the failure queue', async () => {
    const broken = await startSite({
      files: filesWith(hub.url),
      change: (template) => revoke(template, 'Announce', 'dynamodb:BatchGetItem'),
    });

    await broken.stage.drained();
    const failures = broken.stage.failed('AnnounceFailures');
    const { denied } = await judge(broken.guard.roles, broken.guard.accesses);
    await broken.close();

    expect(failures.length).toBeGreaterThan(0);
    expect(denied).toEqual(['Announce dynamodb:BatchGetItem table/Content of FEED']);
  });

  test.each([
    ['PublishArticle', 'dynamodb:Scan', 'Content'],
    ['Sweep', 'dynamodb:GetItem', 'Views'],
    ['ImportContent', 'dynamodb:*', 'Views'],
  ])('%s with %s on %s, which it never uses', async (construct, action, table) => {
    const roles = readRoles(changed((template) => grant(template, construct, action, table)));

    const { idle } = await judge(roles, accesses);

    expect(idle).toContain(`${construct} ${action} table/${table}`);
  });

  test.each([
    ['ReadSite', 'PutItem'],
    ['Announce', 'UpdateItem'],
    ['Sweep', 'PutItem'],
  ])('%s without the bounds of its %s', async (construct, action) => {
    const roles = readRoles(changed((template) => unbind(template, construct)));

    expect(await reachOf(roles, construct)).toContain(
      `${construct} dynamodb:${action} table/Content of ARTICLE`,
    );
  });
});
