import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleCode } from '../../infra/function-bundles.ts';
import { synthesise } from '../../infra/synthesise.ts';
import { siteYaml } from '../infra/content-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What bundleCode wrote. */
    code: string;
    /** A cloud assembly of stage dev whose site has no content. */
    assembly: string;
  }
}

let folder: string;

/** Bundles the functions and synthesises the stack, once for all tests: a site is this assembly with content of its own. */
export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'newswire-build-'));
  const code = join(folder, 'code');
  const assembly = join(folder, 'assembly');
  const contentDir = join(folder, 'content');
  await mkdir(contentDir);
  await writeFile(join(contentDir, 'site.yaml'), siteYaml);
  await bundleCode(code);
  await synthesise({ contentDir, outdir: assembly, code, validate: false });
  project.provide('code', code);
  project.provide('assembly', assembly);
}

export async function teardown(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
