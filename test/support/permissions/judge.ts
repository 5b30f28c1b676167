import { runSimulation } from '@cloud-copilot/iam-simulate';
import { account } from '../../../infra/local/account.ts';
import type { Access } from './accesses.ts';
import type { Grant, Roles } from './roles.ts';

export interface Judgement {
  /** Accesses that their callers' roles do not allow. */
  denied: string[];
  /** Grants without which every access would have been allowed as well. */
  idle: string[];
}

/** Whether these grants together allow the access, by IAM's rules. */
export async function isAllowed(grants: Grant[], { action, resource, keys }: Access): Promise<boolean> {
  const outcome = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account.id}:role/function`,
        action,
        resource: { resource, accountId: account.id },
        contextVariables: keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {},
      },
      identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement: grants } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === 'error') throw new Error(JSON.stringify(outcome.errors));
  return outcome.overallResult === 'Allowed';
}

/** Both ways: what was asked for and not granted, and what was granted and not asked for. */
export async function judge(roles: Roles, accesses: Access[]): Promise<Judgement> {
  const denied = new Set<string>();
  const needed = new Set<Grant>();
  for (const access of accesses) {
    const allowing = await grantsFor(roles.get(access.caller) ?? [], access);
    if (allowing.length === 0) denied.add(describeAccess(access));
    // Of two that allow the same, the wider one would pass as used.
    const [only, second] = allowing;
    if (only && !second) needed.add(only);
  }
  const idle = [...roles].flatMap(([caller, grants]) =>
    grants.filter((grant) => !needed.has(grant)).map((grant) => describeGrant(caller, grant)),
  );
  return { denied: [...denied].sort(), idle: idle.sort() };
}

async function grantsFor(grants: Grant[], access: Access): Promise<Grant[]> {
  const allowing: Grant[] = [];
  for (const grant of grants)
    if ((grant.Action === access.action || /[*?]/.test(grant.Action)) && (await isAllowed([grant], access)))
      allowing.push(grant);
  return allowing;
}

/** Without the key's own part: `<function> <action> <resource> of <kind of item>`. */
export function describeAccess({ caller, action, resource, keys }: Access): string {
  const kinds = [...new Set(keys.map((key) => key.replace(/#.*/s, '')))].sort();
  return [caller, action, nameOf(resource), ...(kinds.length > 0 ? ['of', kinds.join(', ')] : [])].join(' ');
}

export function describeGrant(caller: string, { Action, Resource, Condition }: Grant): string {
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return [caller, Action, nameOf(Resource), ...(keys ? ['of', keys] : [])].join(' ');
}

/** What follows the account in an ARN. */
function nameOf(arn: string): string {
  // Every object is one of a folder.
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^(Media\/\w+\/).*/, '$1*');
}
