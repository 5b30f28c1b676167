import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { importChoices } from '../../functions/runtime/environment.ts';
import { StartError } from './settings.ts';

const root = join(import.meta.dirname, '../..');

/** What the template and the functions' code are made of. */
const sources = ['functions', 'infra', 'package-lock.json', 'tsconfig.json'];
const settings = [...importChoices, 'CDK_CONTEXT_JSON'];

export interface SynthesisOptions {
  /** Holds site.yaml. */
  contentDir: string;
  /** Where the assembly is kept; former ones are removed. */
  folder: string;
  signal: AbortSignal;
}

/**
 * The folder of an assembly without the content, synthesised only when its sources have changed since the last time.
 * Rejects with StartError.
 */
export async function prepareAssembly({ contentDir, folder, signal }: SynthesisOptions): Promise<string> {
  const assembly = join(folder, hashSources());
  await mkdir(folder, { recursive: true });
  if (existsSync(assembly)) return assembly;
  for (const former of readdirSync(folder))
    await rm(join(folder, former), { recursive: true, force: true, maxRetries: 5 });
  // The stage brings the content: copying thousands of files into assets that are hashed takes much longer than the rest.
  const bareContent = await mkdtemp(join(folder, 'bare-'));
  await copyFile(join(contentDir, 'site.yaml'), join(bareContent, 'site.yaml'));
  const unfinished = await mkdtemp(join(folder, 'unfinished-'));
  await synthesise(bareContent, unfinished, signal);
  await rm(bareContent, { recursive: true });
  // Complete or not there, for whoever starts after a process that was killed meanwhile.
  await rename(unfinished, assembly);
  return assembly;
}

/**
 * As `cdk` does, but for the check against CloudFormation's rules, which deploying needs. In a process of its own: the CDK would stay
 * in memory.
 */
async function synthesise(contentDir: string, outdir: string, signal: AbortSignal): Promise<void> {
  const app = spawn(process.execPath, ['--import', 'tsx/esm', join(root, 'infra/app.ts')], {
    env: { ...process.env, CONTENT_DIR: contentDir, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  const [printed, [code]] = await Promise.all([text(app.stderr), once(app, 'exit')]);
  if (code !== 0) throw new StartError(printed.trim() || `infra/app.ts ended with ${code}`);
}

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of sources) hashFile(join(root, source));
  for (const name of settings) hash.update(`${name}=${process.env[name] ?? ''}\n`);
  return hash.digest('hex').slice(0, 32);

  function hashFile(path: string): void {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) hashFile(join(path, name));
    else hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
}
