import { functionId } from './resolver.ts';
import type { FindResources } from './template.ts';

/**
 * Makes what runs the functions of CDK's triggers as a deployment does, and answers their results: one after the other, and one
 * deployment at a time.
 */
export function triggers(
  find: FindResources,
  invoke: (functionId: string, event: unknown) => Promise<unknown>,
): () => Promise<unknown[]> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const results = last.then(() => runTriggers(find, invoke));
    last = results.catch(() => {});
    return results;
  };
}

async function runTriggers(...[find, invoke]: Parameters<typeof triggers>): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const { properties } of find('Custom::Trigger'))
    results.push(await invoke(functionId(properties.HandlerArn), {}));
  return results;
}
