import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { partitionOf } from '../functions/store/rows.ts';
import { grantAnnouncing, grantKeys } from './grants.ts';
import { announcingEnvironment, type FunctionSetup, NewsFunction, runEveryMinute } from './news-function.ts';

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
    content.grant(this.function, 'dynamodb:GetItem', 'dynamodb:Query');
    grantKeys(content, this.function, partitionOf('directory', {}), 'dynamodb:PutItem');
    grantKeys(content, this.function, partitionOf('article', { slug: '*' }), 'dynamodb:BatchGetItem');
    grantKeys(content, this.function, partitionOf('ranking', {}), 'dynamodb:PutItem');
    grantKeys(content, this.function, partitionOf('change', {}), 'dynamodb:PutItem', 'dynamodb:DeleteItem');
    views.grant(this.function, 'dynamodb:BatchGetItem');
    runEveryMinute(this, this.function);
  }
}
