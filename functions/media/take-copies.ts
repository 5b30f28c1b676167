import { readObject } from '../store/bucket.ts';
import type { Store } from '../store/connection.ts';
import { keepCopy, keyOfCopy, readWaitingCopies, removeCopy } from '../store/copies.ts';
import { RefusedPictureError } from './inspect-picture.ts';
import { storePicture } from './store-picture.ts';

/** Stores the pictures that came with feeds, as many as there is time for. The next run goes on, also with what fails. */
export async function takeCopies(
  store: Store,
  {
    mayGoOn,
    now,
    report,
  }: { mayGoOn: () => boolean; now: () => string; report: (name: string, error: unknown) => void },
): Promise<void> {
  for (const copy of await readWaitingCopies(store)) {
    const { name } = copy;
    if (!mayGoOn()) return;
    try {
      const object = await readObject(keyOfCopy(name));
      // What has expired is fetched again.
      if (object) {
        const bytes = Buffer.from(await object.arrayBuffer());
        await storePicture(store, { bytes, written: name, now: now() });
      }
      await removeCopy(store, name);
    } catch (error) {
      if (error instanceof RefusedPictureError) await keepCopy(store, { ...copy, wrong: error.message });
      else report(name, error);
    }
  }
}
