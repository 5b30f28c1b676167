import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type CfnGlobalTable,
  StreamViewType,
  type TablePropsV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { keyNames } from '../functions/store/table.ts';
import type { Stage } from './stages.ts';

/** Both tables of design.md's storage section: articles with their cards, and view counts apart from them. */
export class Tables extends Construct {
  readonly content: TableV2;
  readonly views: TableV2;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const common = {
      partitionKey: { name: keyNames.partition, type: AttributeType.STRING },
      timeToLiveAttribute: keyNames.expiry,
      billing: Billing.onDemand(),
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      deletionProtection: stage.keepsData,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.keepsData },
    } satisfies TablePropsV2;
    this.content = new TableV2(this, 'Content', {
      ...common,
      sortKey: { name: keyNames.sort, type: AttributeType.STRING },
      dynamoStream: StreamViewType.KEYS_ONLY,
    });
    this.views = new TableV2(this, 'Views', common);
    // A logical id that moved with the construct tree would replace a table that holds data.
    logicalId(this.content, 'Content');
    logicalId(this.views, 'Views');
  }
}

function logicalId(table: TableV2, id: string): void {
  (table.node.defaultChild as CfnGlobalTable).overrideLogicalId(id);
}
