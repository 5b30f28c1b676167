/** Enough to keep a site busy, and far below what its API lets through. */
const workers = 8;

/** Does `work` for each, several at once. What one throws ends all: no other is begun. */
export async function forEachConcurrently<Item>(
  items: Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      try {
        await work(items[next++] as Item);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}
