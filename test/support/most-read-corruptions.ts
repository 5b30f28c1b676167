import { add, type Corruption, change, copy } from './corrupt.ts';

const id = 'tag:news.example.com,2026-05-01:gale';
const note = 'READ 2026-06-01T12:00:00.000Z#storm';
const ranking = 'MOSTREAD ever';

/** What can be wrong with the rows of most read. */
export const mostReadCorruptions: Corruption[] = [
  ['a note that stays', change(note, { ttl: undefined }), `The read row is malformed at ttl: ${note}`],
  [
    'a note that goes too early',
    change(note, { ttl: 1780315200 }),
    `The note does not expire two days after its minute: ${note}`,
  ],
  [
    'a note between the minutes that they are kept by',
    copy(note, 'READ 2026-06-01T12:00:30.000Z#storm'),
    'The key has no known shape: READ 2026-06-01T12:00:30.000Z#storm',
  ],
  [
    'a note of a minute to come',
    copy(note, 'READ 2026-06-01T12:01:00.000Z#storm', { ttl: 1780488060 }),
    'The note is of a minute to come: READ 2026-06-01T12:01:00.000Z#storm',
  ],
  [
    'a note of another article',
    copy(note, 'READ 2026-06-01T12:00:00.000Z#notes'),
    'The note tells of another article than its key: READ 2026-06-01T12:00:00.000Z#notes',
  ],
  ['a note of no article', change(note, { id: 'tag:ghost' }), `The note is of no article: ${note}`],
  [
    'a note of more views in a day than in all',
    change(note, { n: 2 }),
    `The note has more views of its day than in all: ${note}`,
  ],
  [
    'a note of views that nobody counted',
    change(note, { total: 932 }),
    `The note has more views than there are: ${note}`,
  ],
  ['a ranking of no period', copy(ranking, 'MOSTREAD decade'), 'The key has no known shape: MOSTREAD decade'],
  [
    'a ranking that lists an article without views',
    change(ranking, { 'articles.0.n': 0 }),
    `The ranking row is malformed at articles.0.n: ${ranking}`,
  ],
  [
    'a ranking out of order',
    change(ranking, { 'articles.0.n': 1, 'articles.1.n': 2 }),
    `The ranking is out of order: ${ranking}`,
  ],
  [
    'a ranking with an article twice',
    change(ranking, { 'articles.1.id': id }),
    `The ranking has an article twice: ${ranking}`,
  ],
  [
    'a ranking of no article',
    add(ranking, {
      day: '2026-06-01',
      rankedAt: '2026-06-01T12:00:00.000Z',
      articles: [{ id: 'tag:ghost', slug: 'ghost', n: 1 }],
    }),
    `The ranking has an article that never was: ${ranking}`,
  ],
  [
    'a ranking of views that nobody counted',
    change(ranking, { 'articles.0.n': 932 }),
    `The ranking has more views than there are: ${ranking}`,
  ],
  [
    'a ranking of a time to come',
    change(ranking, { rankedAt: '2026-06-01T12:00:00.001Z' }),
    `The ranking is of a time to come: ${ranking}`,
  ],
  [
    'a ranking of another day',
    change(ranking, { day: '2026-05-30' }),
    `The ranking is of another day than its time: ${ranking}`,
  ],
];
