import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { partitionOf } from '../functions/store/rows.ts';
import { grantKeys } from './grant-keys.ts';

/** Of every stored feed document. */
export const documentKeys = partitionOf('document', { stream: '*', format: '*' });

/**
 * What rendering feeds takes: reading everything, and keeping the documents.
 * Whatever a request does to such a function, it can spoil kept documents and no article.
 */
export function grantRendering(content: ITableV2, renderer: IGrantable): void {
  content.grant(renderer, 'dynamodb:GetItem', 'dynamodb:Query');
  grantKeys(content, renderer, documentKeys, 'dynamodb:PutItem', 'dynamodb:DeleteItem');
}
