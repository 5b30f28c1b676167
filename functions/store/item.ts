import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

export type Key = { pk: string; sk?: string };
export type Item = Key & Record<string, unknown>;
export type Attributes = Record<string, AttributeValue>;

/** Undefined fields are left out: absent in DynamoDB is absent in the article. */
export function toAttributes(item: object): Attributes {
  return marshall(item, { removeUndefinedValues: true });
}

export function fromAttributes<Shape extends object>(attributes: Attributes): Shape & Key {
  return unmarshall(attributes) as Shape & Key;
}
