import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { english, type Messages } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

/** The interface texts that we have, by language. */
export const ownMessages: ReadonlyMap<string, Messages> = new Map([
  ['en', english],
  ['ar', arabic],
  ['de', german],
  ['es', spanish],
  ['fr', french],
  ['ja', japanese],
  ['pt', portuguese],
  ['zh', chinese],
]);
