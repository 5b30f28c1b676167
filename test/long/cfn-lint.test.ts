import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { requireStage, type Stage } from '../../infra/stages.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { everything, templateOf } from '../infra/empty-stack.ts';
import type { Template } from '../infra/template.ts';

const run = promisify(execFile);
// Of a version that knows the resources: an older one on the PATH would find faults that are none.
const linter = process.env.CFN_LINT ?? '';
const isInstalled = linter !== '';
if (!isInstalled) console.log('Left out: cfn-lint, which CFN_LINT would name');

const stages: [string, Stage][] = [
  ['dev', requireStage('dev')],
  ['prod', requireStage('prod')],
  ['a stage with everything', everything],
];

/** What cfn-lint has to say of the template in two regions, '' when that is nothing. */
async function findings(template: Template): Promise<string> {
  const file = join(temporaryFolder(), 'template.json');
  writeFileSync(file, JSON.stringify(template));
  const regions = ['--regions', 'us-east-1', 'eu-central-1'];
  // CDK writes some dependencies twice.
  const options = [...regions, '--ignore-checks', 'W3005', '--format', 'parseable', '--template', file];
  return run(linter, options).then(
    ({ stdout }) => stdout,
    ({ stdout }) => stdout,
  );
}

describe.runIf(isInstalled)('cfn-lint', () => {
  test.each(stages)('finds nothing in %s', async (_name, stage) => {
    expect(await findings(templateOf(stage))).toBe('');
  });

  test('finds a setting that CloudFormation would refuse', async () => {
    const template = templateOf(requireStage('dev'));
    Object.assign(template.Resources.Content?.Properties, { BillingMode: 'FREE' });

    expect(await findings(template)).toContain(':E3030:');
  });
});
