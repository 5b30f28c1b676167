import { setImmediate as turn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { GivenUpError } from '../../infra/tools/api/retrying-client.ts';
import { printOutcomes, refusedFor } from '../../infra/tools/publish/print-outcomes.ts';
import { ProgressBar } from '../../infra/tools/publish/progress-bar.ts';
import { recordingTerminal } from '../support/terminal.ts';

const twenty = Array.from({ length: 20 }, (_, index) => index);

test('works on eight at once, and on each once', async () => {
  const begun: number[] = [];
  let running = 0;
  let most = 0;

  await printOutcomes(recordingTerminal().terminal, twenty, String, async (item) => {
    begun.push(item);
    most = Math.max(most, ++running);
    await turn();
    running -= 1;
    return { word: 'created' };
  });

  expect(begun).toEqual(twenty);
  expect(most).toBe(8);
});

test('prints a line each, the counts, and ends with 1 when any was refused', async () => {
  const { terminal, out } = recordingTerminal();

  const code = await printOutcomes(terminal, ['a', 'b\x1b[2J', 'c'], String, async (name) =>
    name === 'c' ? refusedFor('it is late') : { word: 'created' },
  );

  expect(code).toBe(1);
  expect(out).toEqual([
    'created    a',
    'created    b\u{FFFD}[2J',
    'refused    c: it is late',
    '',
    '3 in all: 2 created, 1 refused',
  ]);
});

test('refuses what was given up, and goes on', async () => {
  const { terminal, out } = recordingTerminal();
  const work = async (name: string) => {
    if (name === 'a') throw new GivenUpError('no answer');
    return { word: 'created' };
  };

  expect(await printOutcomes(terminal, ['a', 'b'], String, work)).toBe(1);
  expect(out.slice(0, 2)).toEqual(['refused    a: no answer; run it again', 'created    b']);
});

test('begins no other after what ends all, and counts what is not done', async () => {
  const { terminal, out } = recordingTerminal();
  const work = vi.fn(async (item: number) => {
    if (item === 3) throw new Error('The site is gone');
    await turn();
    return { word: 'created' };
  });

  await expect(printOutcomes(terminal, twenty, String, work)).rejects.toThrow('The site is gone');

  expect(work).toHaveBeenCalledTimes(8);
  expect(out.at(-1)).toBe('20 in all: 7 created, 13 not done');
});

test.each([
  [true, `\r\x1b[K[${'#'.repeat(15)}${' '.repeat(15)}] 5 of 10, … left\r\x1b[K`],
  [false, ''],
])('draws a bar on a terminal (%s)', (isTTY, expected) => {
  let drawn = '';
  const write = (text: string) => {
    drawn += text;
    return true;
  };
  const bar = new ProgressBar(10, { isTTY, write });

  bar.show(5);
  bar.clear();

  expect(drawn.replace(/\d+ s/, '…')).toBe(expected);
});
