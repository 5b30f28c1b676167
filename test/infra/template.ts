/** Enough of a CloudFormation template to ask it questions. */
export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever CloudFormation has for this type
  Properties: any;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
  Metadata?: Record<string, string>;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
}

export function resourcesOf(template: Template, type: string): [logicalId: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The one resource of this type whose logical id is `name` followed by CDK's hash, if any. */
export function requireResource(template: Template, type: string, name: string): Resource {
  const found = resourcesOf(template, type).filter(([id]) => id.replace(/[0-9A-F]{8}$/, '') === name);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} resources ${name} of type ${type}`);
  return only[1];
}

export function requireOnly(template: Template, type: string): Resource {
  const [only, second] = resourcesOf(template, type);
  if (!only || second) throw new Error(`Not exactly one resource of type ${type}`);
  return only[1];
}

/** What the function of this construct may do, a line each: resource, action and, if bound to them, partition keys. */
export function grantsOf(template: Template, construct: string): string[] {
  const roleId: string = requireResource(template, 'AWS::Lambda::Function', `${construct}Function`).Properties
    .Role['Fn::GetAtt'][0];
  const role = template.Resources[roleId]?.Properties;
  if (role.ManagedPolicyArns || role.Policies) throw new Error(`${roleId} has grants of another kind`);
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roleId))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap(describeStatement)
    .sort();
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

function describeStatement({ Effect, Action, Resource, Condition }: Statement): string[] {
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  if (Effect !== 'Allow' || (Condition && Condition.Null?.['dynamodb:LeadingKeys'] !== 'false'))
    throw new Error(`Not a statement of ours: ${JSON.stringify({ Effect, Condition })}`);
  return [Action]
    .flat()
    .flatMap((action) =>
      [Resource].flat().map((resource) => `${nameOf(resource)} ${action}${keys ? ` of ${keys}` : ''}`),
    );
}

function nameOf(resource: unknown): string {
  const [, parts = []] = (resource as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'] ?? [];
  // The objects of a bucket.
  if (parts.length === 2) return `${nameOf(parts[0])}${parts[1]}`;
  // An object of the deployment's assets.
  if (parts.length === 5) return `assets${parts[4]}`;
  const [id, attribute] = (resource as { 'Fn::GetAtt'?: [string, string] })['Fn::GetAtt'] ?? [];
  if (!id) return JSON.stringify(resource);
  const name = id.replace(/[0-9A-F]{8}$/, '');
  return attribute === 'Arn' ? name : `${name}.${attribute}`;
}
