import { expect, test } from 'vitest';
import { renderAtom } from '../../functions/feed/atom.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import {
  archiveStream,
  context,
  emptyStream,
  pageStream,
  plainStream,
  richStream,
} from '../fixtures/samples.ts';

const streams = { empty: emptyStream, plain: plainStream, rich: richStream };
const cases = Object.entries(streams);

test.each(cases)('renders the %s stream as the expected RSS', (name, stream) => {
  expect(renderRss(stream, context)).toBe(readFixture(`feeds/${name}.rss.xml`));
});

test.each(cases)('renders the %s stream as the expected Atom', (name, stream) => {
  expect(renderAtom(stream, context)).toBe(readFixture(`feeds/${name}.atom.xml`));
});

test.each([
  ['RSS', renderRss(archiveStream('rss'), context), 'archive.rss.xml'],
  ['Atom', renderAtom(archiveStream('atom'), context), 'archive.atom.xml'],
])('renders a part of a month as the expected archive document in %s', (_format, document, name) => {
  expect(document).toBe(readFixture(`feeds/${name}`));
});

test.each([...cases, ['page', pageStream] as const])(
  'renders the %s stream as the expected JSON Feed',
  (name, stream) => {
    const expected = JSON.stringify(JSON.parse(readFixture(`feeds/${name}.feed.json`)), undefined, 2);

    expect(renderJsonFeed(stream, context)).toBe(expected);
  },
);

test.each([
  ['RSS', renderRss],
  ['Atom', renderAtom],
  ['JSON Feed', renderJsonFeed],
])('renders the same bytes of %s from the same content', (_name, render) => {
  expect(render(structuredClone(richStream), structuredClone(context))).toBe(render(richStream, context));
});
