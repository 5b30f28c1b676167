import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys, grantStoring } from './grants.ts';
import { type FunctionSetup, NewsFunction, runEveryMinute } from './news-function.ts';

/** Pulls the feeds that site.yaml follows. Two runs at once do no harm: each source is pulled by one of them. */
export class PullSources extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'pull-sources',
      description: 'Stores what the followed sources publish, every minute',
      timeout: Duration.seconds(55),
      memorySize: 1024,
      environment: setup.media.environment,
    });
    // For `media` to take over.
    setup.media.grant(this.function, 'uploads', 's3:PutObject');
    grantStoring(setup.tables, this.function);
    grantKeys(setup.tables.content, this.function, partitionOf('subscription', {}), 'dynamodb:UpdateItem');
    runEveryMinute(this, this.function);
  }
}
