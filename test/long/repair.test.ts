import { expect, test } from 'vitest';
import { TestBackend } from '../support/backend.ts';
import { restoreStore } from '../support/corrupt.ts';
import { corruptSome } from '../support/corruptions.ts';
import { fillStore } from '../support/mixed-store.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repairStore } from '../support/repair.ts';
import { scanStore } from '../support/scan.ts';

test('repair mends many corruptions at once, and finds nothing more to mend', async () => {
  const backend = await TestBackend.open();
  await fillStore(backend);
  const sound = await scanStore(backend.store);

  for (let seed = 3; seed <= 12; seed++) {
    const applied = await corruptSome(backend.store, randomNumbers(seed));
    await repairStore(backend.store, backend.time);

    expect({ seed, applied, left: await backend.check() }).toEqual({ seed, applied, left: [] });
    expect(await repairStore(backend.store, backend.time)).toEqual([]);
    await restoreStore(backend.store, sound);
  }
  await backend.close();
});
