import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Stage } from '../../infra/local/stage.ts';
import { connectLocal } from '../support/tables.ts';
import { handledBy, lambda, mapping, stageOf, table } from './assembly.ts';

type Handle = (event: DynamoDBStreamEvent) => DynamoDBBatchResponse | undefined;

/** A stage whose function gets the changes of a table by a mapping with these rules. */
export async function streaming(handle: Handle, rules: object = {}, options = {}): Promise<Stage> {
  const resources = { ...table('Items'), ...lambda('Follow'), ...mapping('Items', 'Follow', rules) };
  return stageOf({ Follow: await handledBy(handle) }, resources, options);
}

export async function put(stage: Stage, ...pks: string[]): Promise<void> {
  const client = connectLocal();
  for (const pk of pks)
    await client.send(
      new PutItemCommand({ TableName: stage.tables.Items, Item: { pk: { S: pk }, sk: { S: 'META' } } }),
    );
  client.destroy();
}

/** All in one transaction, so that they are in the stream together. */
export async function putTogether(stage: Stage, ...pks: string[]): Promise<void> {
  const client = connectLocal();
  const TransactItems = pks.map((pk) => ({
    Put: { TableName: stage.tables.Items, Item: { pk: { S: pk }, sk: { S: 'META' } } },
  }));
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
  client.destroy();
}

export function keysOf({ Records }: DynamoDBStreamEvent): string[] {
  return Records.map(keyOf);
}

export function keyOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.Keys?.pk?.S ?? '';
}

/** As a function answers whose records with these keys failed. */
export function failing({ Records }: DynamoDBStreamEvent, ...keys: string[]): DynamoDBBatchResponse {
  const failed = Records.filter((record) => keys.includes(keyOf(record)));
  return {
    batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
}

/** Records which keys each invocation got. */
export function recorded(handle: Handle = () => undefined): { batches: string[][]; handle: Handle } {
  const batches: string[][] = [];
  return {
    batches,
    handle(event) {
      batches.push(keysOf(event));
      return handle(event);
    },
  };
}
