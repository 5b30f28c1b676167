import { type Stage, stackName, type WriterGroup, writerGroups } from '../../stages.ts';
import { CommandError, type Terminal } from '../command.ts';
import { connectionError } from './connection-errors.ts';
import { awsCredentials } from './credentials.ts';
import type { Answer } from './http.ts';
import { sendSigned, type Writing } from './write-api.ts';

export interface Account {
  address: string;
  group: WriterGroup;
  /** Whether a password or passkey was set after the invitation. */
  isActive: boolean;
}

interface Users {
  Users: { UserStatus: string; Attributes: { Name: string; Value: string }[] }[];
  NextToken?: string;
}

/** The accounts of a stage, by the credentials of whoever asks; every failure is a CommandError. */
export class EditorAccounts {
  readonly #stage: Stage;
  readonly #env: Terminal['env'];
  readonly #credentials = awsCredentials();
  #pool: string | undefined;

  constructor(stage: Stage, env: Terminal['env']) {
    this.#stage = stage;
    this.#env = env;
  }

  async list(): Promise<Account[]> {
    const accounts: Account[] = [];
    for (const group of writerGroups) {
      let next: string | undefined;
      do {
        const page: Users = await this.#ask('ListUsersInGroup', { GroupName: group, NextToken: next });
        for (const { UserStatus, Attributes } of page.Users) {
          const address = Attributes.find(({ Name }) => Name === 'email')?.Value ?? '';
          accounts.push({ address, group, isActive: UserStatus !== 'FORCE_CHANGE_PASSWORD' });
        }
        next = page.NextToken;
      } while (next !== undefined);
    }
    return accounts;
  }

  /** Invites by mail; who has an account already only changes groups. Can be repeated. Returns whether there was none. */
  async add(address: string, group: WriterGroup): Promise<boolean> {
    const UserAttributes = [
      { Name: 'email', Value: address },
      { Name: 'email_verified', Value: 'true' },
    ];
    const invitation = { Username: address, UserAttributes, DesiredDeliveryMediums: ['EMAIL'] };
    const isNew = await this.#ask('AdminCreateUser', invitation).then(
      () => true,
      (error) => {
        if (error instanceof Refusal && error.type === 'UsernameExistsException') return false;
        throw error;
      },
    );
    await this.#ask('AdminAddUserToGroup', { Username: address, GroupName: group });
    const others = isNew ? [] : (await this.list()).filter((one) => one.address === address);
    for (const other of others)
      if (other.group !== group)
        await this.#ask('AdminRemoveUserFromGroup', { Username: address, GroupName: other.group });
    return isNew;
  }

  async remove(address: string): Promise<void> {
    await this.#ask('AdminDeleteUser', { Username: address });
  }

  // biome-ignore lint/suspicious/noExplicitAny: each action has an answer of its own
  async #ask(action: string, what: object): Promise<any> {
    this.#pool ??= await this.#findPool();
    const answer = await this.#send('cognito-idp', {
      headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${action}` },
      body: {
        raw: Buffer.from(JSON.stringify({ UserPoolId: this.#pool, ...what })),
        type: 'application/x-amz-json-1.1',
      },
    });
    const said = JSON.parse(answer.text || '{}');
    if (answer.status !== 200) throw new Refusal(String(said.__type), said.message ?? said.Message);
    return said;
  }

  async #findPool(): Promise<string> {
    const StackName = stackName(this.#stage);
    const query = { Action: 'DescribeStackResource', Version: '2010-05-15', StackName };
    const { status, text } = await this.#send('cloudformation', {
      body: {
        raw: Buffer.from(`${new URLSearchParams({ ...query, LogicalResourceId: 'EditorAccounts' })}`),
        type: 'application/x-www-form-urlencoded',
      },
    });
    const pool = /<PhysicalResourceId>([\w-]+)</.exec(text)?.[1];
    if (pool) return pool;
    const reason = /<Message>([^<]*)/.exec(text)?.[1] ?? `status ${status}`;
    throw new CommandError(`The accounts of ${StackName} cannot be found: ${reason}`);
  }

  async #send(service: string, writing: Writing): Promise<Answer> {
    const { AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = this.#env;
    const region = this.#stage.env?.region ?? (AWS_REGION || AWS_DEFAULT_REGION);
    if (!region) throw new CommandError(`Set AWS_REGION to the region of stage ${this.#stage.name}`);
    const publishUrl = AWS_ENDPOINT_URL || `https://${service}.${region}.amazonaws.com`;
    const access = { publishUrl, region, service, credentials: this.#credentials };
    return sendSigned(access, 'POST', '/', writing).catch((error) => {
      throw error instanceof CommandError ? error : connectionError(publishUrl, error);
    });
  }
}

/** What Cognito would not do. */
class Refusal extends CommandError {
  readonly type: string;

  constructor(type: string, message: string | undefined) {
    super(message ?? type);
    this.type = type;
  }
}
