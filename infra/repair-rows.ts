import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Repairs the rows that follow from articles. A function of its own: no other may read a whole table. */
export class RepairRows extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'repair-rows',
      description: 'Repairs the rows that follow from articles, one page per request',
      timeout: Duration.seconds(25),
      memorySize: 1024,
    });
    setup.tables.content.grant(
      this.function,
      'dynamodb:Scan',
      'dynamodb:Query',
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
      'dynamodb:ConditionCheckItem',
    );
  }
}
