import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { contentKey } from '../functions/store/table.ts';
import { grantKeys } from './grant-keys.ts';
import { grantRendering } from './grant-rendering.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Does each minute what has come due. */
export class Sweep extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'sweep',
      description: 'Does what has come due, every minute',
      timeout: Duration.seconds(55),
      environment: { [setting.rendererBuild]: setup.rendererBuild },
    });
    const { content } = setup.tables;
    grantRendering(content, this.function);
    grantKeys(content, this.function, contentKey.due('', '').pk, 'dynamodb:DeleteItem');
    new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.function)],
    });
  }
}
