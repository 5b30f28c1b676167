/** The account that the local stage pretends to be; its only credentials also sign requests to the write API. */
export const account = {
  id: '000000000000',
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/** For the SDK's clients of the DynamoDB at `endpoint`. */
export function clientSettings(endpoint: string) {
  return { endpoint, region: account.region, credentials: account.credentials };
}

export function functionArn(id: string): string {
  return `arn:aws:lambda:${account.region}:${account.id}:function:${id}`;
}

/** The logical id of the function that a name or ARN stands for, with or without a version at its end. */
export function functionId(nameOrArn: string): string {
  return nameOrArn.split(':')[6] ?? nameOrArn;
}
