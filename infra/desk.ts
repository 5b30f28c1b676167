import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { EditorsPool } from './editors-pool.ts';
import type { NewsApi } from './http-api.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Serves the desk in the browser. It may do nothing: the page asks the signed API, as whoever has signed in. */
interface DeskProps extends FunctionSetup {
  api: NewsApi;
  /** What stores articles, and says who has written them. */
  publisher: NewsFunction;
}

export class Desk extends Construct {
  readonly function: NewsFunction;
  /** Where it is opened. */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, publisher, ...setup }: DeskProps) {
    super(scope, id);
    const { stage } = setup;
    this.url = `${api.endpoint}/desk`;
    const hasPool = stage.editors || stage.contributors;
    const pool = hasPool
      ? new EditorsPool(this, 'Editors', { stage, api, deskUrl: this.url, publisher })
      : undefined;
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'desk',
      description: 'The page of the desk in the browser',
      timeout: Duration.seconds(10),
      ...(pool && { environment: { [setting.deskSignIn]: Stack.of(this).toJsonString(pool.signIn) } }),
    });
  }
}
