import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { ContentFault } from './content-files.ts';
import { bundleCode, writeAssets } from './function-bundles.ts';
import { NewswireStack } from './newswire-stack.ts';
import { prepareContent } from './prepared-content.ts';
import { rendererBuild } from './renderer-build.ts';
import { requireStage, type Stage } from './stages.ts';

export interface SynthesisOptions {
  contentDir: string;
  outdir: string;
  /** One of the known stages by name, or one given whole; absent means the context's `stage`, or dev. */
  stage?: string | Stage;
  /** What was decided about this deployment's import, by environment variables. */
  importChoices?: Record<string, string>;
  /** What bundleCode wrote; bundled anew by default. */
  code?: string | undefined;
  /** CDK's own check of the template against CloudFormation's rules; over a second. */
  validate?: boolean;
}

/**
 * The cloud assembly of one stage, made without network, account or Docker, and the content that was left out of it.
 * Throws InvalidStageError and InvalidSiteError.
 */
export async function synthesise(
  options: SynthesisOptions,
): Promise<{ assembly: CloudAssembly; faults: ContentFault[] }> {
  const app = newsApp(options);
  const stage = requireStage(options.stage ?? app.node.tryGetContext('stage') ?? 'dev');
  const work = await mkdtemp(join(tmpdir(), 'newswire-synthesis-'));
  try {
    const bundles = join(work, 'bundles');
    const { faults, pictures } = await prepareContent(options.contentDir, join(work, 'content'));
    const code = options.code ?? join(work, 'code');
    if (!options.code) await bundleCode(code);
    await writeAssets(code, join(work, 'content'), bundles);
    new NewswireStack(app, {
      stage,
      bundles,
      pictures,
      rendererBuild: await rendererBuild(join(import.meta.dirname, '..')),
      importChoices: options.importChoices,
    });
    return { assembly: app.synth(), faults };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The same app for the CDK CLI, the local stage and tests. */
export function newsApp({ outdir, validate = true }: Pick<SynthesisOptions, 'outdir' | 'validate'>): App {
  return new App({
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validate,
    // Not in cdk.json, which only the CLI reads: the template must be the same without it.
    context: {
      ...CURRENTLY_RECOMMENDED_FLAGS,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-stack-trace': true,
    },
  });
}
