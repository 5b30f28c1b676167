import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Where alarms are told; to whom, if anybody, `email` says. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    // A policy of its own takes the place of the one that lets the whole account publish: without this no alarm is ever heard.
    const grant = this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    grant.resourceStatement?.addCondition('StringEquals', { 'aws:SourceAccount': Stack.of(this).account });
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
