import { Duration, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution, HttpVersion, type IOrigin, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnSubscription } from 'aws-cdk-lib/aws-pricingplanmanager';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { cached, originSeconds, uncached } from './edge-caching.ts';
import type { Domain, Stage } from './stages.ts';

interface EdgeProps {
  comment: string;
  /** The API's host name. */
  originHost: string;
  /** The bucket of /media/*. */
  pictures: Bucket;
  domain: Domain | undefined;
  plan: Stage['plan'];
}

// Every error that CloudFront lets us set a time for. By default it keeps each for ten seconds, whatever the API says.
const errors = [400, 403, 404, 405, 500, 502, 503, 504];

/** Pictures by the address that names their content; the API knows where the others are: those of former deployments, and plain names. */
function bucketBefore(api: IOrigin, pictures: Bucket): IOrigin {
  return new OriginGroup({
    primaryOrigin: S3BucketOrigin.withOriginAccessControl(pictures as IBucket),
    fallbackOrigin: api,
    fallbackStatusCodes: [403, 404],
  });
}

/**
 * CloudFront in front of the API: near readers, with HTTP/3, and caching whatever hides no view. The API stays reachable:
 * an HTTP API can let in only CloudFront by nothing but a secret in each request, and signed writes need the API's own host
 * name. Pages read there link to the edge, and their views count.
 */
export class Edge extends Construct {
  readonly distribution: Distribution;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, { comment, originHost, pictures, domain, plan }: EdgeProps) {
    super(scope, id);
    const origin = new HttpOrigin(originHost, { readTimeout: Duration.seconds(originSeconds) });
    this.distribution = new Distribution(this, 'Distribution', {
      comment,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: uncached(origin),
      additionalBehaviors: cached(this, origin, bucketBefore(origin, pictures)),
      errorResponses: errors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...(plan && { webAclId: plan.webAclArn }),
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    this.url = `https://${domain?.name ?? this.distribution.domainName}`;
    if (domain) this.giveName(domain);
    if (plan)
      new CfnSubscription(this, 'Plan', {
        planFamily: 'CloudFront',
        planTier: plan.tier,
        resourceArns: [this.distribution.distributionArn, plan.webAclArn],
      });
    this.acknowledge(domain, plan);
  }

  private giveName({ name, hostedZone }: Domain): void {
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: hostedZone.id,
      zoneName: hostedZone.name,
    });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new ARecord(this, 'Ipv4', { zone, recordName: name, target });
    new AaaaRecord(this, 'Ipv6', { zone, recordName: name, target });
  }

  private acknowledge(domain: Domain | undefined, plan: Stage['plan']): void {
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'News is for readers in every country.' },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Requests that reach the API are in its access log; a log of every reader would hold addresses nobody asked for.',
      },
    );
    if (!plan)
      Validations.of(this.distribution).acknowledge({
        id: 'AwsSolutions-CFR2',
        reason:
          "A web ACL has a monthly price of its own; the stage's caps bound what the API and the tables can cost.",
      });
    if (!domain)
      Validations.of(this.distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason: "No domain is configured, and CloudFront's own certificate comes with its own TLS minimum.",
      });
  }
}
