import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireStage } from '../../infra/stages.ts';
import { stack } from './run.ts';

/** What MiniStack's CloudFormation refuses a template for. */
const unknown = [
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolUser',
  'AWS::Cognito::UserPoolUserToGroupAttachment',
];

const { CDK_CONTEXT_JSON = '{}', CDK_OUTDIR = 'cdk.out' } = process.env;
const editors = ['mara@example.com'];
const stage = { ...requireStage('dev'), editors };
process.env.CDK_CONTEXT_JSON = JSON.stringify({ ...JSON.parse(CDK_CONTEXT_JSON), stage });
await import('../../infra/app.ts');

const file = join(CDK_OUTDIR, `${stack}.template.json`);
const template = JSON.parse(readFileSync(file, 'utf8'));
const known = Object.entries<{ Type: string }>(template.Resources).filter(
  ([, { Type }]) => !unknown.includes(Type),
);
writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(known) }));
