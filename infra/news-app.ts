import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

interface NewsAppOptions {
  outdir: string;
  /** CDK's own check of the template against CloudFormation's rules; over a second. */
  validate?: boolean | undefined;
}

/** The same whoever runs it: the CDK CLI, the local stage or a test. */
export function newsApp({ outdir, validate = true }: NewsAppOptions): App {
  return new App({
    outdir,
    autoSynth: false,
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: validate,
    // Here and not in cdk.json, which only the CLI reads: the template is to be the same without it.
    context: {
      ...CURRENTLY_RECOMMENDED_FLAGS,
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:disable-stack-trace': true,
    },
  });
}
