import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { articleInput } from '../../functions/article/article-input.ts';
import { newswire } from '../support/newswire.ts';
import { contentFolder, png } from './content-folder.ts';

interface Field {
  name: string;
  widget: string;
  format?: string;
  required?: boolean;
  fields?: Field[];
}

const readme = readFileSync(join(import.meta.dirname, '../../content/README.md'), 'utf8');
const [, section = ''] = readme.split('## An editor in git\n');
const [workflow, config] = [...section.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => parse(text ?? ''));
const [articles] = config.collections;

test('the workflow sends what a push has changed, and takes back what it has removed', () => {
  expect(workflow.on.push.paths).toEqual(['content/articles/**', 'content/media/**']);
  const runs = workflow.jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  expect(runs).toEqual([
    'npm ci',
    expect.stringContaining('publish'),
    expect.stringContaining('newswire -- unpublish'),
  ]);
});

test('the editor writes where the site reads, and only fields that it knows', () => {
  expect(config).toMatchObject({ media_folder: 'content/media', public_folder: '/media' });
  expect(articles).toMatchObject({ folder: 'content/articles', create: true });
  const names = articles.fields.map(({ name }: Field) => name);
  expect(names.filter((name: string) => name !== 'body' && !(name in articleInput.shape))).toEqual([]);
});

/** What the editor keeps of a field that somebody has filled in. */
function keptOf({ name, widget, format, fields = [] }: Field): unknown {
  if (widget === 'object') return Object.fromEntries(fields.map((field) => [field.name, keptOf(field)]));
  if (widget === 'datetime') return format?.replace('YYYY-MM-DDTHH:mm:ssZ', '2026-03-02T18:00:00+08:00');
  if (widget === 'boolean') return false;
  if (widget === 'list') return ['former'];
  if (widget === 'image') return `${config.public_folder}/pier.png`;
  return name === 'url' ? 'https://harbour.example.com/' : name === 'language' ? 'en' : `Some ${name}`;
}

/** The file that it commits. */
function fileWith(fields: Field[]): string {
  const values = fields.filter(({ name }) => name !== 'body').map((field) => [field.name, keptOf(field)]);
  return `---\n${stringify(Object.fromEntries(values))}---\nThe *text*.\n\n![Pier](/media/pier.png)\n`;
}

test('an article that it writes is one that the site takes', async () => {
  const folder = contentFolder({
    'articles/all-fields.md': fileWith(articles.fields),
    'articles/needed-fields.md': fileWith(
      articles.fields.filter(({ required }: Field) => required !== false),
    ),
    'media/pier.png': png,
  });

  const checked = await newswire('check', folder);

  expect(checked).toEqual({ code: 0, out: ['2 articles and 1 image fine'], err: [] });
});
