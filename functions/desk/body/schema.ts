import { type DOMOutputSpec, type MarkSpec, type NodeSpec, Schema } from 'prosemirror-model';
import { allowedAttributes } from './allowed.ts';
import { attributes, attributesOf, block, inlineMark, kept, list } from './element-specs.ts';

const otherTags = 's abbr bdi bdo cite del dfn ins kbd mark q samp small span sub sup time u var'.split(' ');

const nodes = {
  doc: { content: 'block+' },
  paragraph: block('p', 'inline*'),
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    attrs: { level: { default: 2 }, attributes },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      getAttrs: (element) => {
        const own = attributesOf(element);
        return own && { ...own, level };
      },
    })),
    toDOM: ({ attrs }) => [`h${attrs.level}`, allowedAttributes('h2', attrs.attributes), 0],
  },
  blockquote: block('blockquote', 'block+'),
  ordered_list: list('ol'),
  bullet_list: list('ul'),
  list_item: {
    content: 'paragraph block*',
    defining: true,
    attrs: { attributes },
    parseDOM: [{ tag: 'li', getAttrs: attributesOf }],
    toDOM: (node) => ['li', allowedAttributes('li', node.attrs.attributes), 0],
  },
  code_block: {
    content: 'text*',
    group: 'block',
    marks: '',
    code: true,
    defining: true,
    attrs: { attributes, code: { default: {} } },
    parseDOM: [
      {
        tag: 'pre',
        preserveWhitespace: 'full',
        getAttrs: (element) => {
          const own = attributesOf(element);
          const code = element.querySelector<HTMLElement>(':scope > code:only-child');
          const inner = code && attributesOf(code);
          return own && inner !== false && { ...own, code: inner?.attributes ?? null };
        },
      },
    ],
    toDOM: ({ attrs }) => [
      'pre',
      allowedAttributes('pre', attrs.attributes),
      attrs.code ? ['code', allowedAttributes('code', attrs.code), 0] : 0,
    ],
  },
  horizontal_rule: {
    group: 'block',
    attrs: { attributes },
    parseDOM: [{ tag: 'hr', getAttrs: attributesOf }],
    toDOM: (node) => ['hr', allowedAttributes('hr', node.attrs.attributes)],
  },
  figure: {
    content: 'inline*',
    group: 'block',
    isolating: true,
    defining: true,
    draggable: true,
    attrs: { attributes, image: {}, link: { default: null }, caption: { default: {} } },
    parseDOM: [
      {
        tag: 'figure',
        getAttrs: (element) => {
          const own = attributesOf(element);
          const image = element.querySelector('img');
          const linked = image?.closest('a');
          const caption = element.querySelector<HTMLElement>(':scope > figcaption');
          const parts = [image && attributesOf(image), linked && attributesOf(linked)];
          const written = caption ? attributesOf(caption) : { attributes: {} };
          if (!own || !parts[0] || parts[1] === false || written === false) return false;
          return {
            ...own,
            image: parts[0].attributes,
            link: parts[1]?.attributes ?? null,
            caption: written.attributes,
          };
        },
        contentElement: (element) =>
          (element as HTMLElement).querySelector<HTMLElement>('figcaption') ??
          element.ownerDocument?.createElement('figcaption') ??
          (element as HTMLElement),
      },
    ],
    toDOM: ({ attrs, content }) => {
      const image: DOMOutputSpec = ['img', allowedAttributes('img', attrs.image)];
      const shown: DOMOutputSpec = attrs.link ? ['a', allowedAttributes('a', attrs.link), image] : image;
      const own = allowedAttributes('figure', attrs.attributes);
      if (content.size === 0) return ['figure', own, shown];
      return ['figure', own, shown, ['figcaption', allowedAttributes('figcaption', attrs.caption), 0]];
    },
  },
  kept: kept(
    'block',
    'table, details, dl, section, div, video, audio',
    'figure, pre, ul, ol, p, blockquote, h1, h2, h3, h4, h5, h6, hr',
  ),
  text: { group: 'inline' },
  image: {
    group: 'inline',
    inline: true,
    draggable: true,
    attrs: { attributes: {} },
    parseDOM: [{ tag: 'img[src]', getAttrs: attributesOf }],
    toDOM: (node) => ['img', allowedAttributes('img', node.attrs.attributes)],
  },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  kept_inline: kept(
    'inline',
    'sup.footnote-ref, ruby, math, picture, wbr',
    ['a, img, em, i, strong, b, code', ...otherTags].join(', '),
  ),
} satisfies Record<string, NodeSpec>;

const marks = {
  link: { ...inlineMark(['a']), inclusive: false },
  em: inlineMark(['em', 'i']),
  strong: inlineMark(['strong', 'b']),
  /** Any other, one within another. */
  other: {
    ...inlineMark(otherTags),
    excludes: '',
  },
  code: inlineMark(['code']),
} satisfies Record<string, MarkSpec>;

export const schema = new Schema<keyof typeof nodes, keyof typeof marks>({ nodes, marks });
