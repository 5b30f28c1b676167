import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentFolder, png, temporaryFolder } from './content-folder.ts';
import { constructs, synthesiseTemplate } from './synthesised.ts';
import { requireResource, type Template } from './template.ts';

const contentDir = contentFolder({
  'articles/a.md': 'Text\n',
  'media/pixel.png': png,
  'media/x.svg': '<svg/>',
});
const outdir = temporaryFolder();
let template: Template;

beforeAll(async () => {
  template = await synthesiseTemplate({ contentDir, outdir });
});

function functionOf(construct: string, of = template) {
  return requireResource(of, 'AWS::Lambda::Function', `${construct}Function`);
}

function assetOf(construct: string): string {
  return join(outdir, functionOf(construct).Metadata?.['aws:asset:path'] ?? '');
}

describe('assets', () => {
  const everywhere = ['media.json', 'site.json'];

  test.each([
    ['ReadSite', [...everywhere, 'crawlers.json', 'openapi.json', 'static', 'static.json', 'style.css']],
    ['PublishArticle', [...everywhere, 'style.css']],
    ['ImportContent', [...everywhere, 'articles', 'articles/.keep', 'articles/a.md']],
    ['Announce', everywhere],
    ['Sweep', everywhere],
    ['PullSources', everywhere],
    ['RepairRows', everywhere],
    ['Desk', ['site.json']],
    ['Media', ['pictures.json']],
  ])('%s carries the content it reads and no other', (construct, files) => {
    const content = readdirSync(join(assetOf(construct), 'content'), { recursive: true });

    expect(content.sort()).toEqual([...files].sort());
    expect(readdirSync(assetOf(construct)).sort()).toEqual([
      // What the browser loads.
      ...(construct === 'Desk' ? ['assets'] : []),
      'content',
      'index.js',
      // The codec.
      ...(construct === 'Media' ? ['node_modules'] : []),
      'package.json',
    ]);
  });

  test.each(constructs)('%s loads on its own, below a package of ES modules too', (construct) => {
    const below = temporaryFolder();
    writeFileSync(join(below, 'package.json'), '{"type":"module"}');
    cpSync(assetOf(construct), join(below, 'asset'), { recursive: true });

    const { handler } = createRequire(import.meta.url)(join(below, 'asset/index.js'));

    expect(handler).toBeTypeOf('function');
  });
});

describe('the template', () => {
  test('is the same for the same content, wherever it lies', async () => {
    const elsewhere = temporaryFolder();
    cpSync(contentDir, elsewhere, { recursive: true });

    // Bundled anew: that gives the same, too.
    expect(await synthesiseTemplate({ contentDir: elsewhere, code: undefined })).toEqual(template);
  });

  test('imports again when anything that is deployed has changed', async () => {
    const other = temporaryFolder();
    cpSync(contentDir, other, { recursive: true });
    writeFileSync(join(other, 'media/another.png'), png);

    const changed = await synthesiseTemplate({ contentDir: other });

    const trigger = (of: Template) =>
      requireResource(of, 'Custom::Trigger', 'ImportContentTrigger').Properties;
    expect(trigger(changed).Deployed).not.toBe(trigger(template).Deployed);
  });

  test('lets the import do what was decided for this deployment, and only then', async () => {
    const allowed = await synthesiseTemplate({ contentDir, importChoices: { ALLOW_MASS_REMOVAL: 'yes' } });

    const environment = (of: Template) => functionOf('ImportContent', of).Properties.Environment.Variables;
    expect(environment(allowed).ALLOW_MASS_REMOVAL).toBe('yes');
    expect(environment(template)).not.toHaveProperty('ALLOW_MASS_REMOVAL');
  });

  test('goes by the stage, dev unless told otherwise', async () => {
    await expect(synthesiseTemplate({ stage: 'staging' })).rejects.toThrow(
      'There is no stage "staging"; use one of dev, prod',
    );
    expect(readdirSync(outdir).filter((file) => file.endsWith('.template.json'))).toEqual([
      'Newswire-dev.template.json',
    ]);
  });
});

describe('infra/app.ts', () => {
  test('says what it leaves out and synthesises the rest', async () => {
    const out = temporaryFolder();

    const { code, err } = await app({
      CONTENT_DIR: contentDir,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: '{"stage":"prod"}',
    });

    const fault = 'is an SVG, which could run scripts on the site: export it as PNG or WebP; left out';
    expect({ code, err }).toEqual({ code: 0, err: `${contentDir}/media/x.svg ${fault}\n` });
    expect(JSON.parse(readFileSync(join(out, 'Newswire-prod.template.json'), 'utf8'))).toHaveProperty(
      'Resources',
    );
  });

  test.each([
    ['a faulty site.yaml', 'title: T\n', {}, /^(\S+\/site\.yaml:\d+ \w+: .+\n){4}$/],
    ['an unknown stage', undefined, { stage: 'x' }, /^There is no stage "x"; use one of dev, prod\n$/],
  ])('stops at %s with a line a fault', async (_what, yaml, context, expected) => {
    const out = temporaryFolder();
    const CONTENT_DIR = contentFolder(yaml === undefined ? {} : { 'site.yaml': yaml });

    const { code, err } = await app({
      CONTENT_DIR,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    });

    expect(code).toBe(1);
    expect(err).toMatch(expected);
    expect(existsSync(join(out, 'manifest.json'))).toBe(false);
  });

  function app(settings: Record<string, string>): Promise<{ code: number; err: string }> {
    const env = { ...process.env, CDK_VALIDATION: 'false', ...settings };
    return new Promise((resolve) => {
      execFile(process.execPath, ['--import', 'tsx/esm', 'infra/app.ts'], { env }, (error, _out, err) =>
        resolve({ code: Number(error?.code ?? 0), err }),
      );
    });
  }
});
