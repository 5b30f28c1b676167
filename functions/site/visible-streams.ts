import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import type { NamedStream } from '../feed/opml.ts';
import { findLabel } from '../feed/stream-cards.ts';
import { readCards } from '../store/cards.ts';
import { readStreams } from '../store/streams.ts';

/** How many streams are asked for their newest card together. */
const step = 25;

/** Every stream that shows an article now, `news` first, as its newest article writes it. */
export async function findVisibleStreams({ store, context, now }: Backend): Promise<NamedStream[]> {
  const upTo = now();
  const names = [newsStream, ...(await readStreams(store, upTo))];
  const found: NamedStream[] = [];
  for (let start = 0; start < names.length; start += step)
    found.push(
      ...(
        await Promise.all(
          names.slice(start, start + step).map(async (name) => {
            const [newest] = await readCards(store, { stream: name, upTo, limit: 1 });
            if (!newest) return [];
            const label =
              name === newsStream ? context.site.title : await findLabel(store, name, newest, upTo);
            return [{ name, label: label ?? name }];
          }),
        )
      ).flat(),
    );
  return found;
}
