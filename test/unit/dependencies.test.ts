import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import { expect, test } from 'vitest';

interface Import {
  /** Where it stands and what it names, to be shown when it must not be. */
  statement: string;
  file: string;
  /** A path from the root of the repository, or a package. */
  target: string;
  typeOnly: boolean;
}

const root = join(import.meta.dirname, '../..');
const files = ['functions', 'infra'].flatMap(codeBelow);
const imports = files.flatMap(importsOf);

/** What each folder of ours may import beside itself: another folder, or one file of it. */
const mayImport: Record<string, string[]> = {
  lambdas: [
    'functions/api/routes.ts',
    'functions/desk/settings.ts',
    'functions/api/answers.ts',
    'article',
    'store',
    'feed',
    'runtime',
    'site',
    'announce',
    'write',
    'media',
    'pull',
  ],
  site: [
    'functions/api/routes.ts',
    'functions/api/answers.ts',
    'article',
    'store',
    'feed',
    'pages',
    'runtime',
  ],
  announce: ['article', 'store', 'feed', 'runtime', 'functions/pull/safe-fetch.ts'],
  pull: ['article', 'store', 'write', 'runtime', 'functions/media/inspect-picture.ts'],
  media: ['article', 'store'],
  write: [
    'article',
    'store',
    'pages',
    'runtime',
    'functions/api/answers.ts',
    'functions/api/routes.ts',
    'functions/api/redirect-faults.ts',
  ],
  feed: ['article', 'store', 'runtime', 'functions/lint/lint-feed.ts'],
  pages: ['article', 'functions/api/answers.ts'],
  store: ['article', 'functions/runtime/environment.ts'],
  runtime: [],
  article: [],
  lint: [],
  desk: ['article'],
  api: ['article', 'functions/runtime/problem.ts'],
  infra: [
    'article',
    'pull',
    'functions/api/answers.ts',
    'functions/api/openapi.ts',
    'functions/api/redirect-faults.ts',
    'functions/desk/settings.ts',
    'functions/lint/lint-feed.ts',
    'functions/media/clean-picture.ts',
    'functions/media/inspect-picture.ts',
    'functions/media/picture-name.ts',
    'functions/runtime/environment.ts',
    'functions/store/rows.ts',
  ],
};

function codeBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => /\.(tsx?|mjs)$/.test(path));
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function importsOf(file: string): Import[] {
  const statements = textOf(file).matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|\bimport\s*\(?\s*'([^']+)'/gm,
  );
  return [...statements].map(([, type, named, bare]) => {
    const written = named ?? bare ?? '';
    const target = written.startsWith('.') ? posix.join(posix.dirname(file), written) : written;
    return { file, target, typeOnly: type !== undefined, statement: `${file} imports ${target}` };
  });
}

function folderOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  if (top !== 'functions') return top;
  return /\.tsx?$/.test(second) ? 'lambdas' : second;
}

function isOurs({ target }: Import): boolean {
  return /^(functions|infra)\//.test(target);
}

function violations(forbidden: (used: Import) => boolean): string[] {
  return imports.filter(forbidden).map(({ statement }) => statement);
}

function filesOf(...folders: string[]): string[] {
  return files.filter((file) => folders.includes(folderOf(file)));
}

test('finds the imports that it judges', () => {
  expect(imports.length).toBeGreaterThan(200);
  expect(imports).toContainEqual({
    file: 'functions/article/site-context.ts',
    target: 'functions/article/article.ts',
    typeOnly: true,
    statement: 'functions/article/site-context.ts imports functions/article/article.ts',
  });
});

test('knows every folder of functions', () => {
  const folders = new Set(files.map(folderOf));

  expect([...folders].filter((folder) => !(folder in mayImport))).toEqual([]);
});

test.each(Object.entries(mayImport))('%s imports of ours only itself and %j', (folder, allowed) => {
  const foreign = violations(
    (used) =>
      folderOf(used.file) === folder &&
      isOurs(used) &&
      ![folder, ...allowed].includes(folderOf(used.target)) &&
      !allowed.includes(used.target),
  );

  expect(foreign).toEqual([]);
});

test('nobody imports a Lambda: they are bundled by their path', () => {
  expect(violations((used) => isOurs(used) && folderOf(used.target) === 'lambdas')).toEqual([]);
});

test('the functions import nothing of the infrastructure', () => {
  const cdk = /^(infra\/|aws-cdk-lib|constructs)/;

  expect(violations(({ file, target }) => file.startsWith('functions/') && cdk.test(target))).toEqual([]);
});

test('of the functions, only the store speaks to AWS', () => {
  const foreign = violations(
    ({ file, target }) =>
      file.startsWith('functions/') && folderOf(file) !== 'store' && target.startsWith('@aws-sdk/'),
  );

  expect(foreign).toEqual([]);
});

test('of the functions, one file connects to strangers; the store asks S3 and Cognito', () => {
  const connects = /^(node:)?(http2?|https|net|tls|dgram|dns)(\/|$)/;
  // Whom the desk may ask from the browser, its content security policy says.
  const ours = files.filter((file) => file.startsWith('functions/') && folderOf(file) !== 'desk');
  const importing = imports.filter(
    ({ file, target, typeOnly }) => ours.includes(file) && connects.test(target) && !typeOnly,
  );
  const calling = ours.filter((file) =>
    /(?<![.\w])(fetch|WebSocket|EventSource)\((?!\w+:)/.test(textOf(file)),
  );

  expect([...new Set(importing.map(({ file }) => file))].sort()).toEqual([
    'functions/pull/public-address.ts',
    'functions/pull/send-request.ts',
  ]);
  expect(calling).toEqual(['functions/store/bucket.ts', 'functions/store/editor-name.ts']);
});

test('no function carries the description of its answers along', () => {
  const values = violations(
    ({ file, target, typeOnly }) =>
      folderOf(file) !== 'api' &&
      !file.startsWith('infra/') &&
      target === 'functions/api/answers.ts' &&
      !typeOnly,
  );

  expect(values).toEqual([]);
});

test('what makes pages and feeds reads neither files nor the network', () => {
  const outside = /^node:(fs|http|https|net|child_process|dns)/;

  expect(
    violations(
      ({ file, target }) => ['article', 'feed', 'pages'].includes(folderOf(file)) && outside.test(target),
    ),
  ).toEqual([]);
});

test.each([
  ['the environment', /\bprocess\.env\b/],
  ['the clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/],
  ['chance', /\bMath\.random\(|\brandomUUID\b|\brandomInt\b/],
])('what makes articles, pages and feeds does not depend on %s', (_what, use) => {
  expect(filesOf('article', 'feed', 'pages').filter((file) => use.test(textOf(file)))).toEqual([]);
});

test('the checker of the tables shares no code with what it checks', () => {
  const checks = readdirSync(join(root, 'test/support/checks')).map((name) => `test/support/checks/${name}`);
  const foreign = ['test/support/checker.ts', ...checks]
    .flatMap(importsOf)
    .filter(({ target, typeOnly }) => target.startsWith('functions/') && !typeOnly);

  expect(checks.length).toBeGreaterThan(5);
  expect(foreign).toEqual([]);
});

test('every library that the code is said to need is used by it', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const code = files.filter((file) => /^(functions|infra)\//.test(file)).map(textOf);

  const isUsed = (name: string) => code.some((text) => new RegExp(`['"]${name}(/[^'"]*)?['"]`).test(text));
  expect(Object.keys(dependencies).filter((name) => !isUsed(name))).toEqual([]);
});

test('no file has a name that says nothing, and none only passes on others', () => {
  const vague = /^(utils?|helpers?|common|misc|shared|index)\.tsx?$/;

  expect(files.filter((file) => vague.test(basename(file)))).toEqual([]);
});

test('no file is longer than can be read at once', () => {
  expect(files.filter((file) => textOf(file).split('\n').length > 201)).toEqual([]);
});
