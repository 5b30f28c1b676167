import { account, functionId } from '../../../infra/local/account.ts';
import type { Template } from '../../../infra/local/template.ts';
import type { Access } from './accesses.ts';
import { constructOf, functionsOf, resolved } from './roles.ts';

/**
 * What Lambda does by itself in the name of a function, as the template asks for it: writing its log, reading the stream of
 * its event source mapping and sending what it gave up to the failure queue. The local stage does these without any role.
 */
export function platformAccesses(template: Template): Access[] {
  const find = resolved(template);
  const logs = functionsOf(find).flatMap(({ id, properties }) => {
    const group = `arn:aws:logs:${account.region}:${account.id}:log-group:${properties.LoggingConfig.LogGroup}`;
    return accesses(constructOf(id), `${group}:log-stream:any`, 'logs:CreateLogStream', 'logs:PutLogEvents');
  });
  const streams = find('AWS::Lambda::EventSourceMapping').flatMap(({ properties }) => {
    const caller = constructOf(functionId(properties.FunctionName));
    const failures = properties.DestinationConfig?.OnFailure?.Destination;
    return [
      ...accesses(
        caller,
        properties.EventSourceArn,
        'dynamodb:DescribeStream',
        'dynamodb:GetShardIterator',
        'dynamodb:GetRecords',
      ),
      ...(failures ? accesses(caller, failures, 'sqs:SendMessage') : []),
    ];
  });
  return [...logs, ...streams];
}

function accesses(caller: string, resource: string, ...actions: string[]): Access[] {
  return actions.map((action) => ({ caller, action, resource, keys: [] }));
}
