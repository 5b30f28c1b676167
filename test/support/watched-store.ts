import type { Store } from '../../functions/store/connection.ts';
import { connectLocal } from './tables.ts';

/** Sees a command before it is sent, by its name as in `Query`; may change its input. */
export type Watch = (command: string, input: Record<string, unknown>) => unknown;

/** The same tables through a client of its own, each command of which waits for `watch`. */
export function watchStore({ content, views }: Store, watch: Watch): Store {
  const client = connectLocal();
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        await watch(commandName?.replace(/Command$/, '') ?? '', args.input as Record<string, unknown>);
        return next(args);
      },
    { step: 'initialize' },
  );
  return { client, content, views };
}

/** The same tables, where `meanwhile` happens between the reading of the first writer and its transaction. */
export function interruptWrite(store: Store, meanwhile: () => Promise<unknown>): Store {
  let pending: typeof meanwhile | undefined = meanwhile;
  return watchStore(store, async (command) => {
    if (command !== 'TransactWriteItems') return;
    const run = pending;
    pending = undefined;
    await run?.();
  });
}
