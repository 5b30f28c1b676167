import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

const throttles = ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'];
const hindrances = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** Whether DynamoDB says that it has not applied the write, for it was in another's way or one too many. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return throttles.includes(nameOf(error));
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  return codes.every((code) => code === 'None' || hindrances.includes(code));
}

/** Whether DynamoDB says that the write can never be applied. Of any other error nobody knows: the answer may have got lost. */
export function isHopeless(error: unknown): boolean {
  const { $metadata: { httpStatusCode: status = 500 } = {} } = error as {
    $metadata?: { httpStatusCode?: number };
  };
  return (
    status >= 400 && status < 500 && nameOf(error) !== 'TransactionInProgressException' && !isRefused(error)
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
