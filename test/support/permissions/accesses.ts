import { keyNames } from '../../../functions/store/rows.ts';
import { account } from '../../../infra/local/account.ts';

/** One action on one resource that somebody asked for. */
export interface Access {
  /** The construct whose function asked. */
  caller: string;
  action: string;
  resource: string;
  /** The partition keys of the items meant. */
  keys: string[];
}

/** What a call of DynamoDB asks to be allowed. */
export type Asked = Omit<Access, 'caller'>;

type Attributes = Record<string, { S?: string }>;

interface Body {
  TableName?: string;
  IndexName?: string;
  Key?: Attributes;
  Item?: Attributes;
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Attributes;
  RequestItems?: Record<string, { Keys: Attributes[] }>;
  TransactItems?: Record<string, Body>[];
}

/** By AWS's list of what each operation needs: a transaction the action of each entry, a batch one for each table. */
export function accessesOf(operation: string, body: Body): Asked[] {
  if (operation === 'TransactWriteItems')
    return (body.TransactItems ?? []).flatMap((entry) =>
      Object.entries(entry).map(([kind, item]) =>
        access(kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`, item),
      ),
    );
  if (operation === 'BatchGetItem')
    return Object.entries(body.RequestItems ?? {}).map(([TableName, { Keys }]) => ({
      ...access(operation, { TableName }),
      keys: Keys.map(partitionOf),
    }));
  return [access(operation, body)];
}

function access(operation: string, body: Body): Asked {
  const { TableName = '', IndexName } = body;
  const table = `arn:aws:dynamodb:${account.region}:${account.id}:table/${withoutPrefix(TableName)}`;
  const item = body.Item ?? body.Key ?? queried(body);
  return {
    action: `dynamodb:${operation}`,
    resource: IndexName ? `${table}/index/${IndexName}` : table,
    keys: item ? [partitionOf(item)] : [],
  };
}

function queried({ KeyConditionExpression = '', ExpressionAttributeValues }: Body): Attributes | undefined {
  const [, name = ''] = new RegExp(`\\b${keyNames.partition} = (:\\w+)`).exec(KeyConditionExpression) ?? [];
  const value = ExpressionAttributeValues?.[name];
  return value && { [keyNames.partition]: value };
}

function partitionOf(item: Attributes): string {
  const key = item[keyNames.partition]?.S;
  if (key === undefined) throw new Error(`No partition key in ${JSON.stringify(item)}`);
  return key;
}

// Each site of a test has tables of its own.
function withoutPrefix(tableName: string): string {
  return tableName.replace(/^[0-9a-f-]{37}(?=[A-Z])/, '');
}
