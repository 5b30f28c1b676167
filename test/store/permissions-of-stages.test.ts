import { expect, test } from 'vitest';
import { requireStage } from '../../infra/stages.ts';
import { everything, templateOf } from '../infra/empty-stack.ts';
import { resourcesOf } from '../infra/template.ts';
import { grant } from '../support/permissions/change-role.ts';
import { starsOf } from '../support/permissions/roles.ts';

/** Every star that stands in a role, with its reason. */
const reasons = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole':
    'CDK gives it to its own function behind triggers, which runs none of our code: its log, in any group',
  'arn:aws:lambda:us-east-1:000000000000:function:ImportContentFunction:*':
    'CDK has its triggers run the version of a deployment, whose number changes with each: every version of the one function',
};

const stages = [requireStage('dev'), requireStage('prod'), everything];

test.each(stages)('$name has no star in a role without a reason', (stage) => {
  expect(starsOf(templateOf(stage)).map(withoutHash)).toEqual(Object.keys(reasons));
});

test('a star is found wherever it is put', () => {
  const template = templateOf(requireStage('dev'));
  grant(template, 'Sweep', 'dynamodb:*', 'Content');

  expect(starsOf(template)).toContain('dynamodb:*');
});

test.each(stages)('$name grants what dev grants', (stage) => {
  expect(policiesOf(stage)).toEqual(policiesOf(requireStage('dev')));
});

function policiesOf(stage: (typeof stages)[number]) {
  const policies = resourcesOf(templateOf(stage), 'AWS::IAM::Policy');
  return policies.map(([id, { Properties }]) => [id, Properties]);
}

function withoutHash(arn: string): string {
  return arn.replace(/Function[0-9A-F]{8}/, 'Function');
}
