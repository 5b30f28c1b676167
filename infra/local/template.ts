import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Names, Resolver } from './resolver.ts';

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

/** The resources of one of `types`, in the order of the template. */
export type FindResources = (...types: string[]) => ResolvedResource[];

/** Of the one stack of a cloud assembly. */
export function readTemplate(assemblyDir: string): Template {
  const [file, second] = readdirSync(assemblyDir).filter((name) => name.endsWith('.template.json'));
  if (!file || second) throw new Error(`${assemblyDir} does not hold the template of exactly one stack`);
  return JSON.parse(readFileSync(join(assemblyDir, file), 'utf8'));
}

/** Resources are resolved when asked for: what the local stage has no part in may use any intrinsic function. */
export function resolvedTemplate(template: Template, names: Names): FindResources {
  const resolver = new Resolver(template, names);
  return (...types) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([id, { Properties = {}, Metadata }]) => ({
        id,
        properties: resolver.resolve(Properties),
        assetPath: Metadata?.['aws:asset:path'] as string | undefined,
      }));
}

/** The entry of the logical id that begins with `prefix`, so that a caller need not know the hash at its end. */
export function requireByPrefix<Entry>(entries: Map<string, Entry>, prefix: string): Entry {
  const [only, second] = [...entries.keys()].filter((id) => id.startsWith(prefix));
  const found = entries.get(second ? prefix : (only ?? prefix));
  if (!found) throw new Error(`Not exactly one of ${[...entries.keys()].join(', ')} begins with ${prefix}`);
  return found;
}
