import { compareRows, ExpectedRows } from './compare.ts';
import { labelName, streamsOf } from './names.ts';
import type { State } from './state.ts';

const cardSummaryLength = 280;

/** Cards with their articles, and the rows that tell of streams with their cards. */
export function checkStreams(state: State): string[] {
  const comparable = state.card.map(({ key, fields: { summary: _, ...fields } }) => ({ key, fields }));
  return [
    ...compareRows('card', comparable, expectedCards(state)),
    ...checkSummaries(state),
    ...checkStreamRows(state),
  ];
}

function expectedCards({ article }: State): ExpectedRows {
  const expected = new ExpectedRows();
  for (const { fields } of article.filter(({ fields }) => fields.status === 'published')) {
    const { draft: _, summary: __, authors, guid, guidInRss, bodyHash, source, ...others } = fields.article;
    const { aliases, translations, original, corrections = [], image, pictures = {}, ...rest } = others;
    const { caption, credit, ...shown } = image ?? { url: '' };
    const lead = Object.entries(pictures).filter(([name]) => shown.url === `/media/${name}`);
    const { name, url } = source ?? {};
    const card = {
      ...rest,
      ...(image && { image: shown }),
      ...(lead.length > 0 && { pictures: Object.fromEntries(lead) }),
      version: fields.version,
      ...(original !== undefined && { hasOriginal: true }),
      ...(name !== undefined && { source: { name, ...(url !== undefined && { url }) } }),
    };
    for (const stream of streamsOf(fields.article)) {
      const { publishedAt } = rest;
      const time = [publishedAt, ...(stream === 'corrections' ? corrections.map(({ at }) => at) : [])]
        .sort()
        .at(-1);
      const placed = stream === 'corrections' ? { publishedAt: time, firstPublishedAt: publishedAt } : {};
      expected.expect(`STREAM#${stream}`, `${time}#${rest.slug}`, { ...card, ...placed });
    }
  }
  return expected;
}

// Where a long summary is cut is the writer's choice, so only its being a start of the whole is known.
function checkSummaries({ card, articles }: State): string[] {
  return card
    .filter(({ parts, fields }) => {
      const article = articles.get(parts.slug ?? '')?.fields.article;
      const { summary } = article ?? fields;
      const [last] = (article?.corrections ?? []).toSorted((a, b) => (a.at > b.at ? -1 : 1));
      const whole = (parts.stream === 'corrections' && last?.text) || summary;
      if (fields.summary === whole) return false;
      const isLong = [...whole].length > cardSummaryLength;
      return !(isLong && /…$/.test(fields.summary) && whole.startsWith(fields.summary.slice(0, -1)));
    })
    .map(({ key }) => `The card's summary is not its article's: ${key}`);
}

function checkStreamRows({ card, stream, now }: State): string[] {
  const rows = new Map(stream.map((row) => [row.parts.stream ?? '', row]));
  const cards = card.filter(({ parts }) => parts.stream !== 'news');
  const unknown = cards.filter(({ parts }) => !rows.has(parts.stream ?? ''));
  const early = cards.filter(({ parts }) => {
    const since = rows.get(parts.stream ?? '')?.fields.since;
    return since !== undefined && since > (parts.time ?? '');
  });
  const mislabelled = stream.filter(
    ({ parts, fields }) => parts.stream?.split('/').at(-1) !== labelName(fields.label),
  );
  // A stream that readers have seen stays known; one that is to come is known by its cards alone.
  const idle = stream.filter(
    ({ parts, fields }) =>
      fields.since > now &&
      !cards.some((one) => one.parts.stream === parts.stream && one.parts.time === fields.since),
  );
  return [
    ...idle.map(({ key }) => `The stream is to begin without an article: ${key}`),
    ...unknown.map(({ key }) => `The stream of the card has no row: ${key}`),
    ...early.map(({ key }) => `The card is older than its stream's row: ${key}`),
    ...mislabelled.map(({ key }) => `The label does not name the stream: ${key}`),
  ];
}
