import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { account, functionArn } from './account.ts';
import { StartError } from './settings.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever CloudFormation has for this type
  Properties?: any;
  Metadata?: Record<string, unknown>;
}

export interface Template {
  Resources: Record<string, Resource>;
}

export interface ResolvedResource {
  /** The logical id. */
  id: string;
  /** With every intrinsic function replaced by its value. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever CloudFormation has for this type
  properties: any;
  /** The folder of a function's code, below the assembly's. */
  assetPath: string | undefined;
}

/** The resources of these types, in the order of the template. */
export type FindResources = (...types: string[]) => ResolvedResource[];

/** What CloudFormation would decide. */
export interface Names {
  /** The site's address, without a trailing slash. */
  baseUrl: string;
  /** Stands before the logical ids of tables. */
  tablePrefix: string;
}

/** Of the one stack of a cloud assembly. */
export function readTemplate(assemblyDir: string): Template {
  const [file, second] = readdirSync(assemblyDir).filter((name) => name.endsWith('.template.json'));
  if (!file || second) throw new Error(`${assemblyDir} does not hold the template of exactly one stack`);
  return JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
}

/** Resources are resolved when asked for: those without a part in the local stage may use any intrinsic function. */
export function resolvedTemplate({ Resources }: Template, names: Names): FindResources {
  const intrinsics = new Intrinsics(Resources, names);
  return (...types) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Properties = {}, Metadata }]) => ({
        id,
        properties: intrinsics.resolve(Properties),
        assetPath: Metadata?.['aws:asset:path'] as string | undefined,
      }));
}

/** The entry whose logical id begins with `prefix`: a caller need not know the hash at its end. */
export function requireByPrefix<Entry>(entries: Map<string, Entry>, prefix: string): Entry {
  const [only, second] = [...entries.keys()].filter((id) => id.startsWith(prefix));
  const found = entries.get(second ? prefix : (only ?? prefix));
  if (!found) throw new Error(`Not exactly one of ${[...entries.keys()].join(', ')} begins with ${prefix}`);
  return found;
}

/** What the local stage cannot run must not be passed over: whoever tried it here would be surprised in the cloud. */
export function unknownError(what: string): StartError {
  return new StartError(`The local stage does not know ${what}: teach it in infra/local, or do without`);
}

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': account.id,
  'AWS::Region': account.region,
  'AWS::Partition': 'aws',
};

/** Physical names are logical ids, so that an ARN leads back to its resource. */
class Intrinsics {
  readonly #resources: Template['Resources'];
  readonly #names: Names;

  constructor(resources: Template['Resources'], names: Names) {
    this.#resources = resources;
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
  #call(name: string, argument: any): string {
    switch (name) {
      case 'Ref':
        return this.#reference(argument);
      case 'Fn::GetAtt':
        return this.#attribute(argument[0], argument[1]);
      case 'Fn::Join':
        return this.#atBaseUrl(this.resolve(argument[1]).join(argument[0]));
      case 'Fn::Sub':
        return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, id) => this.#reference(id));
      default:
        throw unknownError(name);
    }
  }

  #reference(id: string): string {
    const resource = this.#resources[id];
    if (resource?.Type === 'AWS::DynamoDB::GlobalTable') return this.#names.tablePrefix + id;
    if (resource?.Type === 'AWS::Lambda::Version')
      return `${functionArn(this.resolve(resource.Properties.FunctionName))}:${id}`;
    const value = resource ? id : pseudoParameters[id];
    if (value === undefined) throw unknownError(`the reference ${id}`);
    return value;
  }

  #attribute(id: string, name: string): string {
    if (name === 'ApiEndpoint') return this.#names.baseUrl;
    if (name === 'StreamArn') return `${this.#arn(id)}/stream/local`;
    if (name === 'DomainName') return `${id}.cloudfront.net`;
    if (name === 'Arn') return this.#arn(id);
    throw unknownError(`the attribute ${id}.${name}`);
  }

  #arn(id: string): string {
    const [, service = '', type = ''] = this.#resources[id]?.Type.split('::') ?? [];
    const prefix = `arn:aws:${service.toLowerCase()}:${account.region}:${account.id}`;
    if (type === 'Function') return functionArn(id);
    if (type === 'GlobalTable') return `${prefix}:table/${this.#reference(id)}`;
    return type === 'Queue' ? `${prefix}:${id}` : `${prefix}:${type.toLowerCase()}/${id}`;
  }

  /** A stage with an edge and without a domain has the address that CloudFront gives it. */
  #atBaseUrl(text: string): string {
    return text.replace(/^https:\/\/(\w+)\.cloudfront\.net/, (address, id) =>
      id in this.#resources ? this.#names.baseUrl : address,
    );
  }
}
