import type { Answer, Call } from './call.ts';
import { writtenItems } from './call.ts';

const [slow, limited, asked] = [
  'Throughput exceeds the current capacity of your table or index.',
  'The level of configured provisioned throughput for the table was exceeded.',
  'Throughput exceeds the current throughput limit for your account.',
];

/** The three names under which DynamoDB says that a call was too much. */
export const throttles = [
  refusal('ThrottlingException', slow),
  refusal('ProvisionedThroughputExceededException', limited),
  refusal('RequestLimitExceeded', asked),
] as const;

export const internalError = refusal('InternalServerError', 'Internal server error', 500);

/** No use in trying again. */
export const poisoned = refusal('ValidationException', 'The item is not to be read');

const ongoing = 'Transaction is ongoing for the item';

/** What a write gets while another transaction has the items at these indices of its own. */
export function refuseForConflict(call: Call, indices: number[]): Answer {
  return call.operation === 'TransactWriteItems'
    ? cancellation(call, indices, { Code: 'TransactionConflict', Message: ongoing })
    : refusal('TransactionConflictException', ongoing);
}

/** What a write gets when the items at these indices have been written too often. */
export function refuseForHeat(call: Call, indices: number[]): Answer {
  return call.operation === 'TransactWriteItems'
    ? cancellation(call, indices, { Code: 'ThrottlingError', Message: slow })
    : throttles[0];
}

function cancellation(call: Call, indices: number[], reason: { Code: string; Message: string }): Answer {
  const CancellationReasons = writtenItems(call).map((_, index) =>
    indices.includes(index) ? reason : { Code: 'None' },
  );
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  return refusal(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons },
  );
}

function refusal(name: string, message: string, status = 400, details: object = {}): Answer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, ...details };
  return { status, body };
}
