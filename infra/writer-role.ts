import { Stack, Validations } from 'aws-cdk-lib';
import type { CfnIdentityPool } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { NewsApi } from './http-api.ts';
import type { WriterGroup } from './stages.ts';

/** What each may send, as IAM spells the routes. Neither may repair, nor erase, which nothing undoes. */
export const mayInvoke = {
  editors: [
    ...['GET/articles', 'POST/articles', 'GET/articles/*', 'PUT/articles/*', 'DELETE/articles/*'],
    ...['POST/articles/*/restore', 'POST/articles/*/preview', 'POST/preview'],
    ...['GET/media', 'PUT/media/*', 'GET/stats', 'GET/settings'],
  ],
  contributors: [
    ...['GET/articles', 'GET/articles/*', 'POST/drafts', 'PUT/drafts/*', 'POST/preview'],
    ...['GET/stats', 'GET/settings'],
  ],
} as const satisfies Record<WriterGroup, readonly string[]>;

/** What the accounts of a group become: it may send the group's requests to this stage's API, and nothing else to anybody. */
export class WriterRole extends Role {
  constructor(
    scope: Construct,
    id: string,
    { identities, api, group }: { identities: CfnIdentityPool; api: NewsApi; group: WriterGroup },
  ) {
    super(scope, id, {
      assumedBy: new WebIdentityPrincipal('cognito-identity.amazonaws.com', {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': identities.ref },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }),
    });
    const { partition, region, account } = Stack.of(this);
    const base = `arn:${partition}:execute-api:${region}:${account}:${api.api.apiId}/$default`;
    const resources = mayInvoke[group].map((route) => `${base}/${route}`);
    this.addToPrincipalPolicy(new PolicyStatement({ actions: ['execute-api:Invoke'], resources }));
    Validations.of(this).acknowledge(
      ...resources
        .filter((resource) => resource.includes('*'))
        .map((resource) => ({
          id: `AwsSolutions-IAM5[Resource::${this.asRulesSpell(resource)}]`,
          reason: 'The slugs of articles and the names of pictures are not known before.',
        })),
    );
  }

  private asRulesSpell(text: string): string {
    const { 'Fn::Join': joined = ['', [text]] } = Object(Stack.of(this).resolve(text));
    return joined[1]
      .map((part: string | { Ref: string }) => (typeof part === 'string' ? part : `<${part.Ref}>`))
      .join('');
  }
}
