import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { ContentFault } from './content-fault.ts';
import { bundleFunctions } from './function-bundles.ts';
import { NewswireStack } from './newswire-stack.ts';
import { prepareContent } from './prepared-content.ts';
import { rendererBuild } from './renderer-build.ts';
import { requireStage } from './stages.ts';

export interface SynthesisOptions {
  contentDir: string;
  outdir: string;
  /** Absent means the context's `stage`, or dev. */
  stage?: string;
  allowMassRemoval?: boolean;
  /** CDK's own check of the template against CloudFormation's rules; over a second. */
  validate?: boolean;
}

/**
 * The cloud assembly of one stage, made without network, account or Docker, and the content that was left out of it.
 * Throws UnknownStageError and InvalidSiteError.
 */
export async function synthesise(
  options: SynthesisOptions,
): Promise<{ assembly: CloudAssembly; faults: ContentFault[] }> {
  const app = new App({
    outdir: options.outdir,
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validate ?? true,
    // Here and not in cdk.json, which only the CLI reads: the template is to be the same without it.
    context: {
      ...CURRENTLY_RECOMMENDED_FLAGS,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-stack-trace': true,
    },
  });
  const stage = requireStage(options.stage ?? app.node.tryGetContext('stage') ?? 'dev');
  const work = await mkdtemp(join(tmpdir(), 'newswire-synthesis-'));
  try {
    const bundles = join(work, 'bundles');
    const faults = await prepareContent(options.contentDir, join(work, 'content'));
    await bundleFunctions(join(work, 'content'), bundles);
    new NewswireStack(app, {
      stage,
      bundles,
      rendererBuild: await rendererBuild(join(import.meta.dirname, '..')),
      allowMassRemoval: options.allowMassRemoval ?? false,
    });
    return { assembly: app.synth(), faults };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
