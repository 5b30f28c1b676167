import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Serves the desk in the browser. It may do nothing: the page asks the signed API, as whoever has signed in. */
export class Desk extends Construct {
  readonly function: NewsFunction;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'desk',
      description: 'The page of the desk in the browser',
      timeout: Duration.seconds(10),
    });
  }
}
