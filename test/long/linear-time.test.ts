import { expect, test } from 'vitest';
import { expectLinear } from '../support/growth/measure.ts';
import { places } from '../support/growth/places.ts';
import { pieces, runOf } from '../support/growth/runs.ts';

/** One of each kind of place; the property in `unit` takes all of them, by chance. */
const chosen = [
  ...['title: …', 'label: …', 'source: https://a.example/…', 'HTML: …', 'HTML: <img srcset="…">'],
  ...['Markdown: …', 'typographic Markdown: …', 'text: …', 'JSON: {"title":"…"}', 'JSON: {"tags":[…]}'],
  ...['file: ---\n…\n---\na', 'file: ---\ntitle: …\n---\na', 'site.yaml: title: …'],
  ...['RSS: …', 'HTML in RSS: …', 'Atom: …', 'JSON Feed: …', 'HTML in JSON Feed: …'],
];

test('knows the places', () => {
  expect(chosen.filter((name) => !places.some(([place]) => place === name))).toEqual([]);
});

test.for(places.filter(([name]) => chosen.includes(name)))(
  '%s takes 100,000 characters of any kind in proportion to their number',
  async ([, step]) => {
    for (const piece of pieces) await expectLinear(step, (length) => runOf(piece, length), 100_000);
  },
);
