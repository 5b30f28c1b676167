import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importChoices } from '../functions/runtime/environment.ts';
import { describeFault } from './content-files.ts';
import { bundleCode } from './function-bundles.ts';

const code = await mkdtemp(join(tmpdir(), 'newswire-code-'));
try {
  // esbuild works in a process of its own while this one loads the CDK: that saves a second.
  const [{ synthesise }] = await Promise.all([import('./synthesise.ts'), bundleCode(code)]);
  const { faults } = await synthesise({
    contentDir: process.env.CONTENT_DIR || 'content',
    outdir: process.env.CDK_OUTDIR || 'cdk.out',
    importChoices: Object.fromEntries(
      importChoices.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
    code,
  });
  for (const fault of faults) console.error(`${describeFault(fault)}; left out`);
} catch (error) {
  const { name, message } = error as Error;
  if (name !== 'InvalidSiteError' && name !== 'InvalidStageError') throw error;
  console.error(message);
  process.exitCode = 1;
} finally {
  await rm(code, { recursive: true, force: true });
}
