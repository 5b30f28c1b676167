import type { Template } from '../../../infra/local/template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: object;
}

/** Gives the function one action more. */
export function grant(template: Template, construct: string, Action: string, table: string): void {
  const Resource = { 'Fn::GetAtt': [table, 'Arn'] };
  statementsOf(template, construct).push({ Effect: 'Allow', Action, Resource });
}

/** Takes an action away from the function; with `keys` only on items whose partition keys are these. */
export function revoke(template: Template, construct: string, action: string, keys = ''): void {
  for (const statement of statementsOf(template, construct).filter((one) =>
    JSON.stringify(one).includes(keys),
  ))
    statement.Action = [statement.Action].flat().filter((granted) => granted !== action);
}

/** Lets what the function may do with some items be done with all. */
export function unbind(template: Template, construct: string): void {
  for (const statement of statementsOf(template, construct)) delete statement.Condition;
}

function statementsOf({ Resources }: Template, construct: string): Statement[] {
  const [, policy] = Object.entries(Resources).find(([id]) => id.startsWith(`${construct}RoleDefault`)) ?? [];
  if (!policy) throw new Error(`${construct} has no policy`);
  return policy.Properties.PolicyDocument.Statement;
}
