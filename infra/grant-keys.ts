import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Grants the actions on items whose partition key matches `keys`, `*` standing for any text, and on no others. */
export function grantKeys(table: ITableV2, grantee: IGrantable, keys: string, ...actions: string[]): void {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions,
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
        // "For all values" holds for a request without any.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    }),
  );
}
