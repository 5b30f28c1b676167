import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Announce } from './announce.ts';
import { NewsApi } from './http-api.ts';
import { ImportContent } from './import-content.ts';
import type { FunctionSetup } from './news-function.ts';
import { PublishArticle } from './publish-article.ts';
import { ReadSite } from './read-site.ts';
import type { Stage } from './stages.ts';
import { Sweep } from './sweep.ts';
import { Tables } from './tables.ts';

export interface NewswireStackProps extends Pick<FunctionSetup, 'bundles' | 'rendererBuild'> {
  stage: Stage;
  allowMassRemoval: boolean;
}

export class NewswireStack extends Stack {
  constructor(scope: Construct, props: NewswireStackProps) {
    const name = `Newswire-${props.stage.name}`;
    super(scope, name, { description: 'Newswire: pages, exact view counts and feeds' });
    const { allowMassRemoval, ...given } = props;
    const tables = new Tables(this, 'Tables', props.stage);
    const api = new NewsApi(this, 'Http', name);
    const setup: FunctionSetup = { ...given, tables, baseUrl: api.endpoint };

    const readSite = new ReadSite(this, 'ReadSite', setup);
    const publishArticle = new PublishArticle(this, 'PublishArticle', setup);
    const announce = new Announce(this, 'Announce', setup);
    const sweep = new Sweep(this, 'Sweep', setup);
    api.routePublic('ReadSite', readSite.function, ['/', '/{proxy+}']);
    api.routeSigned('PublishArticle', publishArticle.function, ['/articles', '/articles/{proxy+}']);
    new ImportContent(this, 'ImportContent', {
      ...setup,
      allowMassRemoval,
      after: [tables, api, readSite, publishArticle, announce, sweep],
    });

    this.output('SiteUrl', `${api.endpoint}/`);
    this.output('RssUrl', `${api.endpoint}/rss.xml`);
    this.output('AtomUrl', `${api.endpoint}/atom.xml`);
    this.output('JsonFeedUrl', `${api.endpoint}/feed.json`);
    this.output('PublishUrl', `${api.endpoint}/articles`);
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
