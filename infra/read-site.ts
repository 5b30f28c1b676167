import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys, grantRendering } from './grants.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Answers every public request and counts views. */
export class ReadSite extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    const { tables, media } = setup;
    const { content, views } = tables;
    const { concurrency } = setup.stage.caps ?? {};
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'read-site',
      description: 'Pages, JSON, feeds and media; counts views',
      timeout: Duration.seconds(15),
      environment: {
        [setting.rendererBuild]: setup.rendererBuild,
        ...media.environment,
      },
      ...(concurrency && { reservedConcurrentExecutions: concurrency }),
    });
    grantRendering(content, this.function);
    grantKeys(content, this.function, partitionOf('article', { slug: '*' }), 'dynamodb:BatchGetItem');
    grantKeys(content, this.function, partitionOf('redirect', {}), 'dynamodb:BatchGetItem');
    grantKeys(content, this.function, partitionOf('note', {}), 'dynamodb:PutItem');
    // What hubs say of their subscriptions, which alone it may change.
    grantKeys(content, this.function, partitionOf('subscription', {}), 'dynamodb:UpdateItem');
    // Where there is no edge, or for whoever reads at the API's own address.
    media.grant(this.function, 'media', 's3:GetObject');
    views.grant(this.function, 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem');
  }
}
