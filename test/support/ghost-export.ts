import { randomNumbers } from './random-numbers.ts';

type Kind = 'published' | 'draft' | 'scheduled' | 'members' | 'page';

const words =
  'quay lamp ferry tide rope gull keel net bell pier swell mast harbour fog chart buoy crane dock salt wharf'.split(
    ' ',
  );
const bold = 1;

/** What stands at a place of the export, counted from 0. */
export function kindOf(index: number): Kind {
  if (index % 41 === 40) return 'page';
  if (index % 17 === 16) return 'draft';
  if (index % 19 === 18) return 'scheduled';
  return index % 23 === 22 ? 'members' : 'published';
}

/**
 * An export as Ghost 5 writes it, the same for the same number: texts in turn as Lexical, mobiledoc and HTML, which link each other, every
 * seventh with a lead picture `/content/images/2019/<index>.png` and one in its text, and each kind of post.
 */
export function ghostExport(posts: number): { db: [{ meta: object; data: Record<string, object[]> }] } {
  const random = randomNumbers(18);
  const sentence = () => {
    const chosen = Array.from({ length: 9 }, () => words[Math.floor(random() * words.length)]);
    return `The ${chosen.join(' ')}.`;
  };
  const rows = Array.from({ length: posts }, (_, index) =>
    postRow(index, [sentence(), sentence(), sentence()]),
  );
  const tags = words
    .slice(0, 8)
    .map((name, index) => ({ id: idOf('7', index), name, slug: name, visibility: 'public' }));
  const internal = { id: idOf('7', 99), name: '#import', slug: 'hash-import', visibility: 'internal' };
  const users = ['Ada Quill', 'Ben Okoro', '林小雨'].map((name, index) => ({
    id: idOf('8', index),
    name,
    slug: `author-${index}`,
  }));
  const linked = (index: number, to: string, order: number) => ({
    post_id: idOf('6', index),
    ...(to.startsWith('7') ? { tag_id: to } : { author_id: to }),
    sort_order: order,
  });
  return {
    db: [
      {
        meta: { exported_on: 1_700_000_000_000, version: '5.130.0' },
        data: {
          posts: rows,
          posts_authors: rows.flatMap((_, index) =>
            [index % 3, ...(index % 5 === 0 ? [(index + 1) % 3] : [])].map((user, order) =>
              linked(index, idOf('8', user), order),
            ),
          ),
          posts_meta: rows.flatMap((_, index) =>
            hasPicture(index)
              ? [
                  {
                    post_id: idOf('6', index),
                    feature_image_alt: `Lead ${index}`,
                    feature_image_caption: `<em>Seen</em> at ${index}`,
                  },
                ]
              : [],
          ),
          posts_tags: rows.flatMap((_, index) =>
            [idOf('7', 99), idOf('7', index % 4), idOf('7', 4 + (index % 4))].map((tag, order) =>
              linked(index, tag, order),
            ),
          ),
          settings: [{ key: 'title', value: 'The Quay' }],
          tags: [...tags, internal],
          users,
        },
      },
    ],
  };
}

function idOf(table: string, index: number): string {
  return table + index.toString(16).padStart(23, '0');
}

function hasPicture(index: number): boolean {
  return index % 7 === 0;
}

function postRow(index: number, sentences: string[]) {
  const kind = kindOf(index);
  const day = new Date(Date.UTC(2015, 0, 1 + index, 8, index % 60)).toISOString();
  const published = kind === 'scheduled' ? day.replace(/^\d{4}/, '2099') : kind === 'draft' ? null : day;
  return {
    id: idOf('6', index),
    uuid: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    title: `Log ${index}: ${sentences[0]?.slice(4, 40)}`,
    slug: `log-${index}`,
    ...bodyOf(index, sentences),
    feature_image: hasPicture(index) ? `__GHOST_URL__/content/images/2019/${index}.png` : null,
    type: kind === 'page' ? 'page' : 'post',
    status: kind === 'draft' || kind === 'scheduled' ? kind : 'published',
    visibility: kind === 'members' ? 'paid' : 'public',
    custom_excerpt: index % 3 === 0 ? sentences[2] : null,
    canonical_url: null,
    created_at: day,
    updated_at: new Date(Date.parse(day) + 3_600_000).toISOString(),
    published_at: published,
  };
}

/** In turn as Lexical, mobiledoc, and HTML alone. */
function bodyOf(index: number, [first = '', second = '', third = '']: string[]) {
  const before = `__GHOST_URL__/log-${Math.max(0, index - 1)}/`;
  const src = `__GHOST_URL__/content/images/size/w600/2019/text-${index}.png`;
  const text = (written: string, format = 0) => ({
    type: 'extended-text',
    version: 1,
    text: written,
    format,
  });
  const paragraph = (...children: object[]) => ({ type: 'paragraph', version: 1, children });
  if (index % 3 === 0) {
    const children = [
      paragraph(text(first, bold), text(' '), { type: 'link', url: before, children: [text('before')] }),
      { type: 'extended-heading', tag: 'h2', children: [text(second)] },
      ...(hasPicture(index)
        ? [{ type: 'image', src, alt: `Text ${index}`, caption: 'A <b>view</b>', width: 1200, height: 800 }]
        : []),
      paragraph(text(third)),
    ];
    return {
      lexical: JSON.stringify({ root: { type: 'root', version: 1, children } }),
      mobiledoc: null,
      html: null,
    };
  }
  if (index % 3 === 1) {
    const document = {
      version: '0.3.1',
      markups: [['a', ['href', before]]],
      atoms: [],
      cards: hasPicture(index) ? [['image', { src, alt: `Text ${index}` }]] : [],
      sections: [
        [
          1,
          'p',
          [
            [0, [], 0, `${first} `],
            [0, [0], 1, 'before'],
          ],
        ],
        ...(hasPicture(index) ? [[10, 0]] : []),
        [1, 'p', [[0, [], 0, `${second} ${third}`]]],
      ],
    };
    return { lexical: null, mobiledoc: JSON.stringify(document), html: null };
  }
  const image = hasPicture(index)
    ? `<figure><img src="${src}" alt="Text ${index}" srcset="${src} 600w" sizes="90vw"></figure>`
    : '';
  return {
    lexical: null,
    mobiledoc: null,
    html: `<p>${first} <a href="${before}">before</a></p>${image}<p>${second} ${third}</p>`,
  };
}
