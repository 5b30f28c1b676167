import {
  type FindResources,
  type ResolvedResource,
  resolvedTemplate,
  type Template,
} from '../../../infra/local/template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** One action on one resource, under the condition of the statement that grants it. */
export interface Grant extends Statement {
  Action: string;
  Resource: string;
}

/** What each function's own role grants, by the name of its construct. */
export type Roles = Map<string, Grant[]>;

/** Tables, queues and functions carry their logical ids in their ARNs. */
export function resolved(template: Template): FindResources {
  return resolvedTemplate(template, { baseUrl: '', tablePrefix: '' });
}

/** The functions of the site: what runs CDK's triggers is CDK's own, and has no settings. */
export function functionsOf(find: FindResources): ResolvedResource[] {
  return find('AWS::Lambda::Function').filter(({ properties }) => properties.Environment);
}

export function readRoles(template: Template): Roles {
  const find = resolved(template);
  const inline = find('AWS::IAM::Role').flatMap(({ id, properties: { Policies = [] } }) =>
    Policies.map((policy: object) => ({ ...policy, Roles: [id] })),
  );
  const attached = find('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(({ properties }) => properties);
  const policies = [...inline, ...attached];
  return new Map(
    functionsOf(find).map(({ id, properties }) => {
      const own = policies.filter(({ Roles }) => Roles?.includes(properties.Role.split('/').at(-1)));
      const statements: Statement[] = own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      return [constructOf(id), statements.flatMap(singly)];
    }),
  );
}

/** The construct whose function has this logical id. */
export function constructOf(functionId: string): string {
  return functionId.replace(/Function[0-9A-F]{8}$/, '');
}

/** Everything with a placeholder in what roles grant, and every policy of AWS's own, which are full of them. */
export function starsOf(template: Template): string[] {
  const roles = resolved(template)('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role');
  const stars = roles.flatMap(({ properties }) => {
    const { PolicyDocument, Policies = [], ManagedPolicyArns = [] } = properties;
    const statements: Statement[] = [{ PolicyDocument }, ...Policies].flatMap(
      (policy) => policy.PolicyDocument?.Statement ?? [],
    );
    const named = statements.flatMap(({ Action, Resource }) => [Action, Resource].flat());
    return [...named.filter((name) => /[*?]/.test(name)), ...ManagedPolicyArns];
  });
  return [...new Set(stars)].sort();
}

function singly(statement: Statement): Grant[] {
  const { Action, Resource } = statement;
  if (statement.Effect !== 'Allow' || !Action || !Resource)
    throw new Error(`Not a statement that can be told apart: ${JSON.stringify(statement)}`);
  return [Action]
    .flat()
    .flatMap((action) =>
      [Resource].flat().map((resource) => ({ ...statement, Action: action, Resource: logGroup(resource) })),
    );
}

// CloudFormation's ARN of a log group covers its streams; the local stage, which has no logs, knows nothing of it.
function logGroup(arn: string): string {
  return arn.replace(/:loggroup\/(\w+)$/, ':log-group:$1:*');
}
