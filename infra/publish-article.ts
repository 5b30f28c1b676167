import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { grantPublishing } from './grants.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** The signed write API's function. */
export class PublishArticle extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'publish-article',
      description: 'The signed write API',
      timeout: Duration.seconds(25),
      memorySize: 1024,
    });
    grantPublishing(setup.tables, this.function);
    // Lets a deleted article's counter expire, if it is still deleted.
    setup.tables.content.grant(this.function, 'dynamodb:ConditionCheckItem');
  }
}
