import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Tables } from './tables.ts';

/** What storing and removing an article takes: its items in one transaction, a starting count or a counter that is kept among them. */
export function grantPublishing(tables: Tables, publisher: IGrantable): void {
  tables.content.grant(
    publisher,
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
  );
  tables.views.grant(publisher, 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem');
}
