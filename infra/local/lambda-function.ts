import { join, resolve } from 'node:path';
import { account } from './account.ts';
import type { FindResources, ResolvedResource } from './template.ts';

/** What the template says of a function. */
export interface LambdaFunction {
  id: string;
  /** `<file>.<export>` */
  handler: string;
  /** Where its code and content lie. */
  folder: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  /** Its whole environment: what the template gives it and what Lambda sets by itself. */
  environment: Record<string, string>;
}

/** @param endpoint of the DynamoDB that the functions are to use */
export function lambdaFunctions(
  find: FindResources,
  assemblyDir: string,
  endpoint: string,
): LambdaFunction[] {
  return find('AWS::Lambda::Function').map((resource) => lambdaFunction(resource, assemblyDir, endpoint));
}

function lambdaFunction(
  { id, properties, assetPath }: ResolvedResource,
  assemblyDir: string,
  endpoint: string,
): LambdaFunction {
  if (!assetPath) throw new Error(`${id} has no aws:asset:path: its code is not in the assembly`);
  const folder = resolve(join(assemblyDir, assetPath));
  const memoryMegabytes = properties.MemorySize ?? 128;
  return {
    id,
    handler: properties.Handler,
    folder,
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMegabytes,
    environment: {
      ...properties.Environment?.Variables,
      _HANDLER: properties.Handler,
      AWS_ACCESS_KEY_ID: account.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: account.credentials.secretAccessKey,
      AWS_REGION: account.region,
      AWS_DEFAULT_REGION: account.region,
      AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
      AWS_LAMBDA_FUNCTION_NAME: id,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      // Of this machine's Node, which is not the function's.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      LAMBDA_TASK_ROOT: folder,
    },
  };
}
