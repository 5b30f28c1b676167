import { account } from './account.ts';
import type { Resource, Template } from './template.ts';

/** What CloudFormation would have decided. */
export interface Names {
  /** The address of the HTTP API, without a trailing slash. */
  baseUrl: string;
  /** Stands before the logical ids of tables. */
  tablePrefix: string;
}

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': account.id,
  'AWS::Region': account.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
};

/** CloudFormation's intrinsic functions. Physical names are logical ids, so that an ARN leads back to its resource. */
export class Resolver {
  readonly #resources: Record<string, Resource>;
  readonly #names: Names;

  constructor(template: Template, names: Names) {
    this.#resources = template.Resources;
    this.#names = names;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the same shape as the value, without its intrinsic functions
  resolve(value: any): any {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    const [[name, argument] = ['', undefined], another] = Object.entries(value);
    if (!another && (name === 'Ref' || name.startsWith('Fn::'))) return this.#call(name, argument);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.resolve(inner)]));
  }

  // biome-ignore lint/suspicious/noExplicitAny: each function has arguments of its own shape
  #call(name: string, argument: any): unknown {
    switch (name) {
      case 'Ref':
        return this.#reference(argument);
      case 'Fn::GetAtt':
        return this.#attribute([argument].flat().join('.'));
      case 'Fn::Join':
        return this.#atBaseUrl(this.resolve(argument[1]).join(argument[0]));
      case 'Fn::Sub':
        return this.#atBaseUrl(this.#substitute(...([argument].flat() as [string])));
      case 'Fn::Select':
        return this.resolve(argument[1])[argument[0]];
      case 'Fn::Split':
        return this.resolve(argument[1]).split(argument[0]);
      default:
        throw new Error(`The local stage does not know ${name}`);
    }
  }

  #reference(id: string): string {
    const resource = this.#resources[id];
    const { type, service } = kindOf(resource);
    if (service === 'dynamodb') return this.#names.tablePrefix + id;
    if (type === 'Version' || type === 'Alias') return `${this.#arn(this.#functionOf(id))}:${id}`;
    const value = resource ? id : pseudoParameters[id];
    if (value === undefined) throw new Error(`The local stage does not know ${id}`);
    return value;
  }

  #functionOf(version: string): string {
    return this.resolve(this.#resources[version]?.Properties.FunctionName);
  }

  #attribute(path: string): string {
    const [id = '', name = ''] = path.split('.');
    if (name === 'ApiEndpoint') return this.#names.baseUrl;
    if (name === 'StreamArn') return `${this.#arn(id)}/stream/local`;
    if (name === 'Arn') return this.#arn(id);
    throw new Error(`The local stage does not know ${path}`);
  }

  #arn(id: string): string {
    const { service, type } = kindOf(this.#resources[id]);
    const prefix = `arn:aws:${service}:${account.region}:${account.id}`;
    if (type === 'Function') return functionArn(id);
    if (service === 'dynamodb') return `${prefix}:table/${this.#reference(id)}`;
    return service === 'sqs' ? `${prefix}:${id}` : `${prefix}:${type?.toLowerCase()}/${id}`;
  }

  #substitute(pattern: string, own: Record<string, unknown> = {}): string {
    return pattern.replaceAll(/\$\{([^!}]+)\}/g, (_, name: string) => {
      if (Object.hasOwn(own, name)) return String(this.resolve(own[name]));
      return name.includes('.') ? this.#attribute(name) : this.#reference(name);
    });
  }

  /** CDK's `url` of an HTTP API joins its address from parts instead of asking for ApiEndpoint. */
  #atBaseUrl(text: string): string {
    const address = /https:\/\/([^.]+)\.execute-api\.[^/]+/g;
    return text.replaceAll(address, (found, id) =>
      Object.hasOwn(this.#resources, id) ? this.#names.baseUrl : found,
    );
  }
}

/** `dynamodb` and `Table` for AWS::DynamoDB::Table. */
function kindOf(resource: Resource | undefined): { service: string | undefined; type: string | undefined } {
  const [, service, type] = resource?.Type.split('::') ?? [];
  return { service: service?.toLowerCase(), type };
}

export function functionArn(id: string): string {
  return `arn:aws:lambda:${account.region}:${account.id}:function:${id}`;
}

/** The logical id that a function's name or ARN stands for; with a version after it, still the function's. */
export function functionId(nameOrArn: string): string {
  return nameOrArn.split(':')[6] ?? nameOrArn;
}
