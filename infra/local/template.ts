import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

/** The pictures of content/media that an assembly was made with: where they lie, and the keys that the CDK CLI gives them. */
export function readPictures(assemblyDir: string): { file: string; key: string }[] {
  const manifests = readdirSync(assemblyDir).filter((name) => name.endsWith('.assets.json'));
  return manifests.flatMap((name) => {
    const { files } = JSON.parse(readFileSync(join(assemblyDir, name), 'utf8')) as AssetManifest;
    return Object.values(files).flatMap(({ source: { path, packaging }, destinations }) =>
      packaging === 'file' && !path.endsWith('.template.json')
        ? Object.values(destinations).map(({ objectKey: key }) => ({ file: resolve(assemblyDir, path), key }))
        : [],
    );
  });
}

interface AssetManifest {
  files: Record<
    string,
    { source: { path: string; packaging: string }; destinations: Record<string, { objectKey: string }> }
  >;
}

const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': account.id,
  'AWS::Region': account.region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** Stands for the host of CloudFront: a stage with an edge and without a domain has the address that CloudFront gives it. */
const edgeHost = 'edge.invalid';

/**
 * Resources are resolved when asked for: those without a part in the local stage may use any intrinsic function.
 * Physical names are logical ids, so that an ARN leads back to its resource.
 */
export function resolvedTemplate({ Resources }: Template, { baseUrl, tablePrefix }: Names): FindResources {
  // biome-ignore lint/suspicious/noExplicitAny: a template's JSON, with and without its intrinsic functions
  function resolve(value: any): any {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(resolve);
    const [[name, argument] = ['', undefined], another] = Object.entries(value);
    if (!another && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
  }

  // biome-ignore lint/suspicious/noExplicitAny: each function has arguments of its own shape
  function call(name: string, argument: any): string {
    if (name === 'Ref') return reference(argument);
    if (name === 'Fn::GetAtt') return attribute(argument[0], argument[1]);
    if (name === 'Fn::Join')
      return resolve(argument[1]).join(argument[0]).replace(`https://${edgeHost}`, baseUrl);
    if (name === 'Fn::Sub')
      return argument.replaceAll(/\$\{([^}]+)\}/g, (_: string, id: string) => reference(id));
    throw unknownError(name);
  }

  function reference(id: string): string {
    const resource = Resources[id];
    if (resource?.Type === 'AWS::DynamoDB::GlobalTable') return tablePrefix + id;
    if (resource?.Type === 'AWS::Lambda::Version')
      return `${functionArn(resolve(resource.Properties.FunctionName))}:${id}`;
    const value = resource ? id : pseudoParameters[id];
    if (value === undefined) throw unknownError(`the reference ${id}`);
    return value;
  }

  function attribute(id: string, name: string): string {
    if (name === 'ApiEndpoint') return baseUrl;
    if (name === 'DomainName') return edgeHost;
    if (name === 'StreamArn') return `${arn(id)}/stream/local`;
    // The stage's own bucket is at an endpoint, not at a host.
    if (name === 'RegionalDomainName') return 's3.invalid';
    if (name === 'Arn') return arn(id);
    throw unknownError(`the attribute ${id}.${name}`);
  }

  function arn(id: string): string {
    const [, service = '', type = ''] = Resources[id]?.Type.split('::') ?? [];
    const prefix = `arn:aws:${service.toLowerCase()}:${account.region}:${account.id}`;
    if (service === 'S3') return `arn:aws:s3:::${id}`;
    if (type === 'Function') return functionArn(id);
    if (type === 'GlobalTable') return `${prefix}:table/${reference(id)}`;
    return type === 'Queue' ? `${prefix}:${id}` : `${prefix}:${type.toLowerCase()}/${id}`;
  }

  return (...types) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Properties = {}, Metadata }]) => ({
        id,
        properties: resolve(Properties),
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
