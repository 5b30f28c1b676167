import { expect, test } from 'vitest';
import { articleFile, closeSound, startSite } from '../support/site.ts';

const fields = ['title: T', 'publishedAt: 2026-01-02T10:00:00+08:00'];
const file = (...lines: string[]) => ['---', ...fields, ...lines, '---', 'Text', ''].join('\n');

const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  .concat('bcdefghi'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]}, `.repeat(10)}]`))
  .concat('tags: *i');

/** Content files that want to crash, multiply or disguise themselves, and what is said of them. */
const hostile: Record<string, [string | Buffer, RegExp]> = {
  'billion-laughs': [file(...laughs), /aliases/],
  'one-alias': [file('summary: &s S', 'guid: *s'), /aliases/],
  'merge-key': [file('source: &s {name: S}', '<<: *s'), /aliases|known/],
  'js-function': [file('summary: !!js/function "function () { throw 1 }"'), /begins with "!"/],
  'python-object': [file('summary: !!python/object/apply:os.system ["id"]'), /begins with "!"/],
  'own-tag': [file('summary: !<tag:evil.example,2026:x> a'), /begins with "!"/],
  'binary-tag': [file('summary: !!binary PHNjcmlwdD4='), /begins with "!"|must be text/],
  'deep-flow': [file(`tags: ${'['.repeat(20_000)}${']'.repeat(20_000)}`), /nested too deeply/],
  'deep-block': [file(`tags:\n${'- '.repeat(20_000)}a`), /nested too deeply|list|text/],
  'deep-object': [
    file(`source: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`),
    /nested too deeply|known|values/,
  ],
  'long-front-matter': [file(`summary: ${'a'.repeat(70_000)}`), /more than 65536 characters/],
  'repeated-key': [file('title: U'), /unique/],
  'repeated-proto': [
    file('__proto__: {draft: true}', 'constructor: {prototype: {draft: true}}'),
    /known field/,
  ],
  'many-keys': [
    file(...Array.from({ length: 2000 }, (_, index) => `k${index}: 1`)),
    /more than 1,000 values/,
  ],
  'null-title': [file().replace('title: T', 'title: ~'), /must be text/],
  'object-title': [file().replace('title: T', 'title: {toString: a}'), /must be text/],
  'control-character': [file('summary: "a\\x07b"'), /U\+0007/],
  'raw-control-character': [file('summary: a\u0007b'), /U\+0007/],
  'half-a-character': [file('summary: "a\\ud800b"'), /U\+D800/],
  directive: [
    `---\n%YAML 1.1\n%TAG ! tag:evil.example,2026:\n---\n${fields.join('\n')}\n---\nText`,
    /needs fields|line/,
  ],
  'no-front-matter': ['<script>alert(1)</script>\n', /front matter/],
  'never-ending': [`---\n${fields.join('\n')}\n`, /front matter/],
  'no-text': [Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x0a]), /UTF-8/],
  footnotes: [file() + '^[a]'.repeat(5000), /footnotes/],
  'too-large': [file() + 'a'.repeat(1_000_001), /1,000,000/],
  'Odd Name': [file(), /lower-case letters/],
  former: [file('aliases: [sound]'), /another file/],
};

test('publishes the sound files of a batch and tells, file by file, what is wrong with the others', async () => {
  const sound = { sound: articleFile('Sound', '2026-01-02T10:00:00+08:00'), zest: file('tags: [a]') };
  const texts = Object.entries(hostile).map(([name, [text]]) => [name, text] as const);
  const named = [...Object.entries(sound), ...texts].map(([name, text]) => [`articles/${name}.md`, text]);

  const site = await startSite({ files: Object.fromEntries(named) });

  const { created, broken } = site.imported;
  expect(created).toEqual(['sound', 'zest']);
  expect(broken.map(({ file }) => file)).toEqual(
    Object.keys(hostile)
      .map((name) => `${name}.md`)
      .sort(),
  );
  const unexplained = broken.filter(({ file, faults }) => {
    const [, why] = hostile[file.replace('.md', '')] ?? [];
    return !faults.some(({ message }) => why?.test(message));
  });
  expect(unexplained).toEqual([]);
  expect(JSON.stringify(broken).length).toBeLessThan(10_000);
  expect([(await site.fetch('/news/sound')).status, (await site.fetch('/news/zest')).status]).toEqual([
    200, 200,
  ]);
  expect((await site.json('/news')).items).toHaveLength(2);
  await closeSound(site);
});
