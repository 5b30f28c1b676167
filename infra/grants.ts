import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitionOf } from '../functions/store/rows.ts';
import type { Tables } from './tables.ts';

/** The partition keys of every stored feed document. */
const documentKeys = partitionOf('document', { stream: '*', format: '*' });

/** Grants the actions only on items whose partition key matches `keys`; `*` stands for any text. */
export function grantKeys(table: ITableV2, grantee: IGrantable, keys: string, ...actions: string[]): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions,
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
        // "For all values" also holds for a request without any.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  );
}

/** Rendering feeds: reads everything and keeps documents. No request to such a function can damage an article. */
export function grantRendering(content: ITableV2, renderer: IGrantable): void {
  content.grant(renderer, 'dynamodb:GetItem', 'dynamodb:Query');
  grantKeys(content, renderer, documentKeys, 'dynamodb:PutItem', 'dynamodb:BatchGetItem');
}

/** Announcing changes: which feeds somebody reads, and the list of what hubs are still to be told. */
export function grantAnnouncing({ content }: Tables, announcer: IGrantable): void {
  grantKeys(content, announcer, documentKeys, 'dynamodb:BatchGetItem');
  grantKeys(content, announcer, partitionOf('pings', {}), 'dynamodb:UpdateItem', 'dynamodb:DeleteItem');
}

/** Storing and removing articles: all rows of one in a transaction, its counter among them. */
export function grantPublishing(tables: Tables, publisher: IGrantable): void {
  grantStoring(tables, publisher);
  tables.views.grant(publisher, 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem');
}

/** Storing articles that bring no views along. */
export function grantStoring({ content }: Tables, publisher: IGrantable): void {
  content.grant(
    publisher,
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
  );
  // What replaces a text lets its version expire.
  grantKeys(content, publisher, partitionOf('version', { slug: '*' }), 'dynamodb:UpdateItem');
}
