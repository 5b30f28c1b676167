import { functionId } from './resolver.ts';
import type { FindResources } from './template.ts';

/** Runs the functions of CDK's triggers as a deployment does, one after the other, and answers their results. */
export async function runTriggers(
  find: FindResources,
  invoke: (functionId: string, event: unknown) => Promise<unknown>,
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const { properties } of find('Custom::Trigger'))
    results.push(await invoke(functionId(properties.HandlerArn), {}));
  return results;
}
