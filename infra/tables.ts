import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type CfnGlobalTable,
  type ITableV2,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { keyNames } from '../functions/store/rows.ts';
import type { Stage } from './stages.ts';

/** Articles and everything that follows from them; view counts in a table of their own, so that counting rewrites no article. */
export class Tables extends Construct {
  readonly content: ITableV2;
  readonly views: ITableV2;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const common = {
      partitionKey: { name: keyNames.partition, type: AttributeType.STRING },
      timeToLiveAttribute: keyNames.expiry,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      deletionProtection: stage.keepsData,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keepsData },
    } satisfies TablePropsV2;
    const content = new TableV2(this, 'Content', {
      ...common,
      billing: Billing.onDemand(stage.caps?.content),
      sortKey: { name: keyNames.sort, type: AttributeType.STRING },
      dynamoStream: StreamViewType.KEYS_ONLY,
    });
    const views = new TableV2(this, 'Views', { ...common, billing: Billing.onDemand(stage.caps?.views) });
    // If the logical id changed with the construct tree, a table that holds data would be replaced.
    logicalId(content, 'Content');
    logicalId(views, 'Views');
    this.content = this.restored('Content', stage.restored?.content) ?? (content as ITableV2);
    this.views = this.restored('Views', stage.restored?.views) ?? (views as ITableV2);
  }

  /** The stack's own table stays: one more deployment goes back to it. */
  private restored(
    id: string,
    table: { name: string; streamArn?: string } | undefined,
  ): ITableV2 | undefined {
    if (!table) return undefined;
    const { name, streamArn } = table;
    return TableV2.fromTableAttributes(this, `Restored${id}`, {
      tableName: name,
      ...(streamArn && { tableStreamArn: streamArn }),
    });
  }
}

function logicalId(table: TableV2, id: string): void {
  (table.node.defaultChild as CfnGlobalTable).overrideLogicalId(id);
}
