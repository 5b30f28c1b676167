import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Edge } from './edge.ts';
import type { NewsApi } from './http-api.ts';
import type { NewsFunction } from './news-function.ts';
import type { Stage } from './stages.ts';
import type { Tables } from './tables.ts';

/** What alarms and dashboard look at. */
export interface Watched {
  stage: Stage;
  api: NewsApi;
  edge: Edge | undefined;
  tables: Tables;
  functions: {
    readSite: NewsFunction;
    publishArticle: NewsFunction;
    importContent: NewsFunction;
    announce: NewsFunction;
    sweep: NewsFunction;
    repairRows: NewsFunction;
  };
  /** Changes that could not be followed. */
  failures: Queue;
}
