import { add, type Corruption, change, copy, lose } from './corrupt.ts';

const storm = 'ARTICLE#storm META';
const listing = 'ARTICLES 2026-05-20T12:00:00.000Z#storm';
const guid = 'GUID#6fcf86b40db95ebd039e3dec625efad212296aa2938da3044bf354c7ebbd4311 GUID';
const claim = 'GUID#12a91b3120aa624cc26b6b9acdb29c2941c971c121e9d830d34ad352db61b035 GUID';
// It was first published as former.
const ofErased = { 'article.id': 'tag:news.example.com,2026-05-01:former' };
const expired = { replaced: { way: 'api', when: '2026-06-01T12:00:00.000Z' }, ttl: 1788091200 };
const otherHash = '0'.repeat(64);

/** What can be wrong with an article and the rows that are its alone. */
export const articleCorruptions: Corruption[] = [
  ['a key of another kind', add('AUTHOR#ada META', {}), 'The key has no known shape: AUTHOR#ada META'],
  ['a count among the content', add('VIEWS#x META', { n: 1 }), 'The key has no known shape: VIEWS#x META'],
  ['an article among the counts', add('ARTICLE#x', { n: 1 }), 'The key has no known shape: ARTICLE#x'],
  [
    'a time without milliseconds',
    change(storm, { firstStoredAt: '2026-05-20T12:00:00Z' }),
    `The article row is malformed at firstStoredAt: ${storm}`,
  ],
  [
    'a slug that differs from its key',
    change(storm, { 'article.slug': 'storms' }),
    `META tells another slug than its key: ${storm}`,
  ],
  [
    'a draft that is stored as published',
    change(storm, { 'article.draft': true }),
    `META tells another status than its article: ${storm}`,
  ],
  [
    'an article that is its own alias',
    change(storm, { 'article.aliases': ['gale', 'tempest', 'storm'] }),
    `META names itself among its aliases: ${storm}`,
  ],
  [
    'an alias that is named twice',
    change(storm, { 'article.aliases': ['gale', 'tempest', 'gale'] }),
    `META names an alias twice: ${storm}`,
  ],
  [
    'a draft that is due',
    change('ARTICLE#notes META', { dueAt: '2026-07-01T08:00:00.000Z' }),
    'META is due without an embargo: ARTICLE#notes META',
  ],
  [
    'a gone article that is to come back by itself',
    change('ARTICLE#dropped META', { 'tombstone.until': '2026-07-01T08:00:00.000Z' }),
    'META ends its tombstone without an embargo: ARTICLE#dropped META',
  ],
  [
    'an update before the publication',
    change(storm, { 'article.updatedAt': '2026-04-01T00:00:00.000Z' }),
    `META was updated before it was published: ${storm}`,
  ],
  [
    'an id that two articles have',
    change('ARTICLE#long META', { 'article.id': 'tag:news.example.com,2026-05-01:gale' }),
    `The id tag:news.example.com,2026-05-01:gale belongs to another article too: ${storm}`,
  ],
  [
    'a lost body chunk',
    lose('ARTICLE#long BODY#1'),
    'The body chunks are not the 2 that META counts: ARTICLE#long META',
  ],
  [
    'a body chunk too many',
    copy('ARTICLE#long BODY#1', 'ARTICLE#long BODY#2'),
    'The body chunks are not the 2 that META counts: ARTICLE#long META',
  ],
  [
    'a body chunk of another body',
    change('ARTICLE#long BODY#1', { bodyHash: otherHash }),
    'The body chunk carries another hash than its META: ARTICLE#long BODY#1',
  ],
  [
    'a body chunk with other bytes',
    change('ARTICLE#long BODY#1', { chunk: Buffer.from('x') }),
    'The body does not have the hash that META tells: ARTICLE#long META',
  ],
  [
    'a body that is not the one META tells of',
    copy('ARTICLE#storm BODY#0', 'ARTICLE#notes BODY#0'),
    'The body chunk carries another hash than its META: ARTICLE#notes BODY#0',
  ],
  [
    'the body of a gone article',
    copy('ARTICLE#storm BODY#0', 'ARTICLE#dropped BODY#0'),
    'The body of a gone article is still there: ARTICLE#dropped BODY#0',
  ],
  [
    'a gone article that counts a body',
    change('ARTICLE#dropped META', { bodyChunks: 1 }),
    'META of a gone article counts body chunks: ARTICLE#dropped META',
  ],
  [
    'a body chunk that is too large',
    change('ARTICLE#notes BODY#0', { chunk: Buffer.alloc(350_001) }),
    'The body chunk is larger than 350000 bytes: ARTICLE#notes BODY#0',
  ],
  [
    'a body at an old address',
    copy('ARTICLE#storm BODY#0', 'ARTICLE#gale BODY#0'),
    'The body chunk belongs to no article: ARTICLE#gale BODY#0',
  ],
  ['a lost alias', lose('ARTICLE#tempest META'), 'The alias row is missing: ARTICLE#tempest META'],
  [
    'an alias that leads to an alias',
    change('ARTICLE#tempest META', { movedTo: 'gale' }),
    'The alias leads to gale, which is no article: ARTICLE#tempest META',
  ],
  [
    'an alias of another article',
    change('ARTICLE#tempest META', { movedTo: 'long' }),
    'The alias row differs in movedTo: ARTICLE#tempest META',
  ],
  [
    'an alias that its article does not name',
    copy('ARTICLE#gale META', 'ARTICLE#squall META'),
    'Nothing calls for the alias row: ARTICLE#squall META',
  ],
  ['a lost guid', lose(guid), `The guid row is missing: ${guid}`],
  ['a guid of another article', change(guid, { slug: 'long' }), `The guid row differs in slug: ${guid}`],
  [
    'a guid that no article has',
    copy(guid, `GUID#${otherHash} GUID`),
    `Nothing calls for the guid row: GUID#${otherHash} GUID`,
  ],
  ['an id that nobody claims', lose(claim), 'Nothing claims the id of the article: ARTICLE#storm META'],
  [
    'a claim under another key',
    copy(claim, `GUID#${otherHash} GUID`),
    `The claim is not of the id that it names: GUID#${otherHash} GUID`,
  ],
  [
    'an erased article that still has its title',
    change('ARTICLE#erased META', { 'article.title': 'About erased' }),
    'META is erased, and tells of its article: ARTICLE#erased META',
  ],
  [
    'a text of an erased article',
    copy('VERSION#storm 2', 'VERSION#erased 2', { ...expired, ...ofErased, 'article.slug': 'erased' }),
    'The text of an erased article is still there: VERSION#erased 2',
  ],
  [
    'a text of an erased article at its old address',
    copy('VERSION#storm 2', 'VERSION#former 1', { ...expired, ...ofErased, 'article.slug': 'former' }),
    'The text of an erased article is still there: VERSION#former 1',
  ],
  [
    'a present text that expires',
    change('VERSION#storm 2', { ttl: expired.ttl }),
    'The version expires, though it is the present one: VERSION#storm 2',
  ],
  [
    'a former text that stays for ever',
    change('VERSION#gale 1', { ttl: undefined }),
    'The version never expires: VERSION#gale 1',
  ],
  [
    'a former text that expires at another time',
    change('VERSION#gale 1', { ttl: 1 }),
    'The version expires at another time than 90 days after it was replaced: VERSION#gale 1',
  ],
  [
    'a text of no article',
    copy('VERSION#gale 1', 'VERSION#ghost 1'),
    'The version tells another slug than its key: VERSION#ghost 1',
  ],
  [
    'a part of a text without its head',
    add('VERSION#storm 7#1', { chunk: Buffer.from('x') }),
    'The part belongs to no version: VERSION#storm 7#1',
  ],
  [
    'a part of a text that outlives it',
    change('VERSION#long 1#1', { ttl: expired.ttl }),
    'The version has parts that expire at another time: VERSION#long 1',
  ],
  ['an article that is not listed', lose(listing), `The listed row is missing: ${listing}`],
  [
    'an article that is listed twice',
    copy(listing, 'ARTICLES 2026-05-21T12:00:00.000Z#storm'),
    'Nothing calls for the listed row: ARTICLES 2026-05-21T12:00:00.000Z#storm',
  ],
  [
    'a listing that is behind',
    change(listing, { version: 1, origin: 'content' }),
    `The listed row differs in version, origin: ${listing}`,
  ],
];
