import { expect, test } from 'vitest';
import { labelsOf } from '../../infra/tools/import/labels.ts';

test('makes the first category the article’s, and tags of the others, behind its tags', () => {
  expect(labelsOf(['Harbour', 'Trade', 'Port'], ['night', 'port'])).toEqual({
    category: 'Harbour',
    tags: ['night', 'port', 'Trade'],
    notes: [],
  });
});

test('shortens long labels at a word, and leaves out what has no letters and what is too much', () => {
  const long = 'What the council has decided about the harbour, the ferries and the bridge';
  const many = Array.from({ length: 22 }, (_, number) => `tag ${number}`);

  const { category, tags, notes } = labelsOf([long], ['***', ...many]);

  expect(category).toBe('What the council has decided about the harbour, the…');
  expect(tags).toEqual(many.slice(0, 20));
  expect(notes).toEqual([
    `"${long}" is shortened to "${category}"`,
    '"***" has no letter or digit and is no label',
    'more than 20 tags: tag 20, tag 21 left out',
  ]);
});
