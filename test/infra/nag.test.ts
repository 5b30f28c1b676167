import { type App, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { requireStage, type Stage } from '../../infra/stages.ts';
import { newsApp } from '../../infra/synthesise.ts';
import { temporaryFolder } from './content-folder.ts';
import { everything, stackOf } from './empty-stack.ts';

const kept = { ...everything, name: 'kept', edge: false };
delete (kept as Partial<Stage>).domain;
delete (kept as Partial<Stage>).plan;

const stages: [string, Stage][] = [
  ['dev', requireStage('dev')],
  ['prod', requireStage('prod')],
  ['a stage with everything', everything],
  ['a stage that keeps data without an edge', kept],
];

describe('cdk-nag finds nothing that is not acknowledged', () => {
  test.each(stages)('in %s', (_name, stage) => {
    const { app, checks } = checkedApp();
    stackOf(app, stage);

    app.synth();

    // Warnings do not stop a synthesis: here they count too.
    expect(checks.validateScope(app).violations).toEqual([]);
  });

  test.each(stages)('and finds in %s all that is acknowledged there', (_name, stage) => {
    const { app, checks } = checkedApp();
    stackOf(app, stage);
    Object.assign(checks, { isAcknowledged: () => false });

    const found = checks
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => ({ ruleName, path: `${constructPath}/` })),
      );

    const isIdle = ({ id, path }: Acknowledgement) =>
      !found.some((finding) => finding.ruleName === id && finding.path.startsWith(`${path}/`));
    expect(acknowledgementsIn(app).length).toBeGreaterThan(1);
    expect(acknowledgementsIn(app).filter(isIdle)).toEqual([]);
  });

  test('and stops at what nobody has acknowledged', () => {
    const { app } = checkedApp();
    new Bucket(stackOf(app, requireStage('dev')), 'Careless');

    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });
});

/** Throws its findings when synthesised. */
function checkedApp() {
  const app = newsApp({ outdir: temporaryFolder(), validate: false });
  const checks = new AwsSolutionsChecks(app);
  Validations.of(app).addPlugins(checks);
  return { app, checks };
}

interface Acknowledgement {
  id: string;
  path: string;
}

function acknowledgementsIn(app: App): Acknowledgement[] {
  return app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) =>
          Object.keys(data).map((id) => ({ id: id.replace(/^\w+::/, ''), path: node.path })),
        ),
    );
}
