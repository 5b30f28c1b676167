import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Announce } from './announce.ts';
import { NewsDashboard } from './dashboard.ts';
import { Desk } from './desk.ts';
import { Edge } from './edge.ts';
import { oldFeedSeconds } from './edge-caching.ts';
import { NewsApi } from './http-api.ts';
import { ImportContent } from './import-content.ts';
import { Media, MediaBucket } from './media.ts';
import type { Monitored } from './monitored.ts';
import type { FunctionSetup } from './news-function.ts';
import type { PreparedPicture } from './prepared-content.ts';
import { PublishArticle } from './publish-article.ts';
import { PullSources } from './pull-sources.ts';
import { ReadSite } from './read-site.ts';
import { RepairRows } from './repair-rows.ts';
import { type Stage, stackName } from './stages.ts';
import { Sweep } from './sweep.ts';
import { Tables } from './tables.ts';

export interface NewswireStackProps extends Pick<FunctionSetup, 'bundles' | 'rendererBuild'> {
  stage: Stage;
  /** Files of content/media. */
  pictures?: PreparedPicture[];
  /** What was decided about this deployment's import, by environment variables. */
  importChoices?: Record<string, string> | undefined;
}

export class NewswireStack extends Stack {
  constructor(scope: Construct, props: NewswireStackProps) {
    const { importChoices = {}, pictures = [], ...given } = props;
    const { stage } = given;
    super(scope, stackName(stage), {
      description: 'Newswire: pages, exact view counts and feeds',
      ...(stage.env && { env: stage.env }),
    });
    const tables = new Tables(this, 'Tables', stage);
    const media = new MediaBucket(this, 'Pictures', stage);
    const api = new NewsApi(this, 'Http', stage);
    const edge = this.edgeBefore(api, media, stage);
    // The functions come last: they need the site's address; the API needs them only for its routes.
    const baseUrl = edge?.url ?? api.endpoint;
    const setup: FunctionSetup = {
      ...given,
      tables,
      media,
      baseUrl,
      oldFeedSeconds: edge ? oldFeedSeconds : 0,
    };

    const readSite = new ReadSite(this, 'ReadSite', setup);
    const publishArticle = new PublishArticle(this, 'PublishArticle', setup);
    const announce = new Announce(this, 'Announce', setup);
    const sweep = new Sweep(this, 'Sweep', setup);
    const pullSources = new PullSources(this, 'PullSources', setup);
    const repairRows = new RepairRows(this, 'RepairRows', setup);
    const mediaApi = new Media(this, 'Media', { ...setup, pictures, after: [tables] });
    const desk = new Desk(this, 'Desk', { ...setup, api, publisher: publishArticle.function });
    api.routePublic('ReadSite', readSite.function, ['/', '/{proxy+}']);
    api.routePublic('Desk', desk.function, ['/desk', '/desk/{proxy+}']);
    api.routeSigned('PublishArticle', publishArticle.function, [
      '/articles',
      '/articles/{proxy+}',
      '/preview',
      '/drafts',
      '/drafts/{proxy+}',
      '/stats',
      '/import',
      '/sources',
      '/redirects',
      '/settings',
    ]);
    api.routeSigned('RepairRows', repairRows.function, ['/repair']);
    api.routeSigned('Media', mediaApi.function, ['/media']);
    // Reading one is public.
    api.routeSigned('Media', mediaApi.function, ['/media/{proxy+}'], [HttpMethod.PUT, HttpMethod.DELETE]);
    api.routeSigned('Media', mediaApi.function, ['/drafts/media/{proxy+}'], [HttpMethod.PUT]);
    const importContent = new ImportContent(this, 'ImportContent', {
      ...setup,
      choices: importChoices,
      after: [tables, api, readSite, publishArticle, announce, sweep, pullSources, mediaApi],
    });
    const operations = new Operations(this, 'Operations', {
      stage,
      api,
      edge,
      tables,
      failures: announce.failures,
      functions: {
        readSite: readSite.function,
        publishArticle: publishArticle.function,
        importContent: importContent.function,
        announce: announce.function,
        sweep: sweep.function,
        pullSources: pullSources.function,
        repairRows: repairRows.function,
        media: mediaApi.function,
        desk: desk.function,
      },
    });

    Tags.of(this).add('application', 'newswire');
    Tags.of(this).add('stage', stage.name);
    this.output('SiteUrl', `${baseUrl}/`);
    this.output('RssUrl', `${baseUrl}/rss.xml`);
    this.output('AtomUrl', `${baseUrl}/atom.xml`);
    this.output('JsonFeedUrl', `${baseUrl}/feed.json`);
    this.output('DeskUrl', desk.url);
    this.output('PublishUrl', `${api.endpoint}/articles`);
    this.output('DashboardUrl', operations.dashboardUrl);
    if (operations.alarmTopicArn) this.output('AlarmTopicArn', operations.alarmTopicArn);
    this.output('FailureQueueUrl', announce.failures.queueUrl);
    this.output('ContentTable', tables.content.tableName);
    this.output('ViewsTable', tables.views.tableName);
    this.output('MediaBucket', media.bucket.bucketName);
  }

  private edgeBefore(api: NewsApi, media: MediaBucket, { domain, edge, plan }: Stage): Edge | undefined {
    if (!edge && !domain) return undefined;
    return new Edge(this, 'Edge', {
      comment: this.stackName,
      originHost: api.host,
      pictures: media.bucket,
      domain,
      plan,
    });
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

/** The dashboard, and alarms where somebody is to be told or data can be lost. */
class Operations extends Construct {
  readonly dashboardUrl: string;
  readonly alarmTopicArn: string | undefined;

  constructor(scope: Construct, id: string, parts: Monitored) {
    super(scope, id);
    const { alarmEmail, keepsData } = parts.stage;
    this.dashboardUrl = new NewsDashboard(this, 'Dashboard', parts).url;
    if (keepsData || alarmEmail !== undefined)
      this.alarmTopicArn = new Alarms(this, 'Alarms', parts).topicArn;
  }
}
