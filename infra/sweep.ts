import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { partitionOf } from '../functions/store/rows.ts';
import { grantAnnouncing, grantKeys } from './grants.ts';
import { announcingEnvironment, type FunctionSetup, NewsFunction } from './news-function.ts';

/** Does what is due, every minute: embargoes, pings, the ranking. */
export class Sweep extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'sweep',
      description: 'Does what is due, every minute',
      timeout: Duration.seconds(55),
      environment: announcingEnvironment(setup),
    });
    grantAnnouncing(setup.tables, this.function);
    const { content, views } = setup.tables;
    grantKeys(content, this.function, partitionOf('article', { slug: '*' }), 'dynamodb:BatchGetItem');
    grantKeys(content, this.function, partitionOf('ranking', {}), 'dynamodb:PutItem');
    grantKeys(content, this.function, partitionOf('change', {}), 'dynamodb:PutItem', 'dynamodb:DeleteItem');
    views.grant(this.function, 'dynamodb:BatchGetItem');
    // The next one comes in a minute: one that is late or failed has nothing to add, and hours of them would all run at once.
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    this.function.configureAsyncInvoke(once);
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.function, once)],
    });
  }
}
