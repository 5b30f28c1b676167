import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  CfnIdentityPool,
  CfnIdentityPoolRoleAttachment,
  CfnManagedLoginBranding,
  type CfnUserPool,
  CfnUserPoolGroup,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { SignIn } from '../functions/desk/settings.ts';
import type { NewsApi } from './http-api.ts';
import { type Stage, stackName, type WriterGroup, writerGroups } from './stages.ts';
import { WriterRole } from './writer-role.ts';

interface EditorsPoolProps {
  stage: Stage;
  api: NewsApi;
  /** Where the desk is, which Cognito sends back to. */
  deskUrl: string;
  /** Which may ask who an account is. */
  publisher: IGrantable;
}

/** The accounts of those who write in the browser. An identity pool turns one into credentials that may send what its group may. */
export class EditorsPool extends Construct {
  readonly signIn: Extract<SignIn, { kind: 'cognito' }>;

  constructor(scope: Construct, id: string, { stage, api, deskUrl, publisher }: EditorsPoolProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const pool = this.pool(stage);
    pool.grant(publisher, 'cognito-idp:AdminGetUser');
    const client = this.client(pool, deskUrl);
    const prefix = `newswire-${stage.name}-${Aws.ACCOUNT_ID}`;
    pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    const identities = new CfnIdentityPool(this, 'Identities', {
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [
        {
          clientId: client.userPoolClientId,
          providerName: pool.userPoolProviderName,
          serverSideTokenCheck: true,
        },
      ],
    });
    for (const [precedence, group] of writerGroups.entries())
      this.group({ pool, identities, api, group, precedence, addresses: stage[group] ?? [] });
    new CfnIdentityPoolRoleAttachment(this, 'Roles', {
      identityPoolId: identities.ref,
      roleMappings: {
        // Whoever is in neither group gets no credentials.
        groups: {
          type: 'Token',
          ambiguousRoleResolution: 'Deny',
          identityProvider: `${pool.userPoolProviderName}:${client.userPoolClientId}`,
        },
      },
    });
    this.signIn = {
      kind: 'cognito',
      domain: `${prefix}.auth.${region}.amazoncognito.com`,
      clientId: client.userPoolClientId,
      userPoolId: pool.userPoolId,
      identityPoolId: identities.ref,
    };
  }

  private pool(stage: Stage): UserPool {
    const { keepsData } = stage;
    const pool = new UserPool(this, 'Pool', {
      userPoolName: stackName(stage),
      // Passkeys need it; the first 10,000 who sign in in a month cost nothing.
      featurePlan: FeaturePlan.ESSENTIALS,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: false,
      autoVerify: { email: true },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      deletionProtection: keepsData,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // Another logical id would be another pool, without the passkeys that people have made.
    (pool.node.defaultChild as CfnUserPool).overrideLogicalId('EditorAccounts');
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason: 'A passkey is two factors by itself; with a password a second one can be set up.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The plan with risk detection costs 0.02 USD for each editor and month, from the first on.',
      },
    );
    return pool;
  }

  private client(pool: UserPool, deskUrl: string): UserPoolClient {
    return pool.addClient('Client', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [deskUrl],
        logoutUrls: [deskUrl],
      },
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      // A long day's work.
      refreshTokenValidity: Duration.hours(12),
    });
  }

  private group(props: {
    pool: UserPool;
    identities: CfnIdentityPool;
    api: NewsApi;
    group: WriterGroup;
    precedence: number;
    addresses: string[];
  }): void {
    const { pool, identities, api, group, precedence, addresses } = props;
    const role = new WriterRole(this, group === 'editors' ? 'Editor' : 'Contributor', {
      identities,
      api,
      group,
    });
    const made = new CfnUserPoolGroup(this, `${group}Group`, {
      userPoolId: pool.userPoolId,
      groupName: group,
      roleArn: role.roleArn,
      precedence,
    });
    for (const address of addresses) {
      const user = new CfnUserPoolUser(this, `User ${address}`, {
        userPoolId: pool.userPoolId,
        username: address,
        desiredDeliveryMediums: ['EMAIL'],
        userAttributes: [
          { name: 'email', value: address },
          { name: 'email_verified', value: 'true' },
        ],
      });
      const member = new CfnUserPoolUserToGroupAttachment(this, `Member ${address}`, {
        userPoolId: pool.userPoolId,
        groupName: group,
        username: address,
      });
      member.addResourceDependency(user);
      member.addResourceDependency(made);
    }
  }
}
