import { inject } from 'vitest';
import { type SynthesisOptions, synthesise } from '../../infra/synthesise.ts';
import { contentFolder, temporaryFolder } from './content-folder.ts';
import type { Template } from './template.ts';

/** Each holds one of our functions. */
export const constructs = [
  'ReadSite',
  'PublishArticle',
  'ImportContent',
  'Announce',
  'Sweep',
  'PullSources',
  'RepairRows',
  'Desk',
  'Media',
];

/** The template of a stage with a sound, empty site; CDK's own check of it only when asked for. */
export async function synthesiseTemplate(options: Partial<SynthesisOptions>): Promise<Template> {
  const { assembly } = await synthesise({
    contentDir: contentFolder(),
    outdir: temporaryFolder(),
    code: inject('code'),
    validate: false,
    ...options,
  });
  return assembly.stacks[0]?.template;
}
