import { DynamoDBClient, DynamoDBServiceException, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings } from './account.ts';
import { StartError } from './start-error.ts';

/** Throws StartError when no DynamoDB answers there. */
export async function requireDynamoDb(endpoint: string): Promise<void> {
  try {
    const client = new DynamoDBClient({
      ...clientSettings(endpoint),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
    });
    await client.send(new ListTablesCommand({ Limit: 1 }));
    client.destroy();
  } catch (error) {
    const reason = error instanceof DynamoDBServiceException ? 'something else does' : errorCode(error);
    throw new StartError(
      `No DynamoDB answers at DYNAMODB_ENDPOINT=${endpoint} (${reason}): start it, or unset DYNAMODB_ENDPOINT to have one started`,
    );
  }
}

function errorCode(error: unknown): string {
  const { name, code = name } = error as NodeJS.ErrnoException;
  return code;
}
