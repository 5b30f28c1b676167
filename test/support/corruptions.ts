import type { Store } from '../../functions/store/connection.ts';
import { articleCorruptions } from './article-corruptions.ts';
import { derivedCorruptions } from './derived-corruptions.ts';

/** Of an article itself: nothing tells what it was. */
const broken = [
  'a time without milliseconds',
  'a slug that differs from its key',
  'a draft that is stored as published',
  'an article that is its own alias',
  'an alias that is named twice',
  'a draft that is due',
  'a gone article that is to come back by itself',
  'an update before the publication',
  'a lost body chunk',
  'a body chunk with other bytes',
  'a body that is not the one META tells of',
  'a gone article that counts a body',
  'an erased article that still has its title',
  'a body chunk that is too large',
  'a tombstone that a published article keeps',
];
/** Of rows that no article tells of, and of ids, which are not looked for in all articles. */
const apart = [
  'a key of another kind',
  'a count among the content',
  'an article among the counts',
  'an id that two articles have',
];

/** What repair names, and cannot mend. */
export const unmended = [...broken, ...apart];

export const corruptions = [...articleCorruptions, ...derivedCorruptions];
export const ofArticles = corruptions.filter(([name]) => broken.includes(name));
export const ofRows = corruptions.filter(
  ([name, , finding]) => !unmended.includes(name) && !/^The count|VIEWS#|DUE \S+#PING#/.test(finding),
);

/** Breaks about half of the rows that repair mends, one upon the other in any order; answers how. */
export async function corruptSome(store: Store, random: () => number): Promise<string[]> {
  const chosen = ofRows
    .map((corruption) => ({ corruption, place: random() }))
    .filter(() => random() < 0.5)
    .sort((a, b) => a.place - b.place)
    .map(({ corruption }) => corruption);
  const applied: string[] = [];
  for (const [name, corrupt] of chosen) {
    // Another one may have taken its row away.
    await corrupt(store).then(
      () => applied.push(name),
      () => undefined,
    );
  }
  return applied;
}
