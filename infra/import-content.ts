import { type CfnResource, Duration, FileSystem } from 'aws-cdk-lib';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { grantPublishing } from './grants.ts';
import { boundProviderLogs, type FunctionSetup, NewsFunction, runEveryMinute } from './news-function.ts';

interface ImportContentProps extends FunctionSetup {
  /** What was decided about this deployment's import: of `importChoices`. */
  choices: Record<string, string>;
  /** What must exist before articles are published. */
  after: Construct[];
}

/** Imports content/ into the store at every deployment; goes on every minute until all of it is there. */
export class ImportContent extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, props: ImportContentProps) {
    super(scope, id);
    const { choices, after, ...setup } = props;
    const timeout = Duration.minutes(14);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'import-content',
      description: 'Publishes and removes articles as content/ has changed, run by each deployment',
      timeout,
      memorySize: 1024,
      environment: choices,
    });
    grantPublishing(setup.tables, this.function);
    const trigger = new Trigger(this, 'Trigger', { handler: this.function, timeout, executeAfter: after });
    // Otherwise the trigger runs only when its own function has changed, not after a deployment of new reading code.
    const resource = trigger.node.findChild('Default').node.defaultChild as CfnResource;
    resource.addPropertyOverride('Deployed', FileSystem.fingerprint(setup.bundles));
    // CloudFormation waits an hour by default for an answer that no longer comes once CDK's function has had its 15 minutes.
    resource.addPropertyOverride('ServiceTimeout', Duration.minutes(15).toSeconds());
    boundProviderLogs(this, 'AWSCDK.TriggerCustomResourceProviderCustomResourceProvider', setup.stage);
    // With what a run had no time for, and with pictures that were replaced.
    runEveryMinute(this, this.function);
  }
}
