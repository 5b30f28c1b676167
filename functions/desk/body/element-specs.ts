import type { AttributeSpec, MarkSpec, NodeSpec } from 'prosemirror-model';
import { allowedAttributes, isAllowed } from './allowed.ts';
import { parseInert } from './inert.ts';

type Attributes = Record<string, string>;

export const attributes: AttributeSpec = { default: {} };

/** False, so that the element is kept as it is, when it has an attribute that no article has. */
export function attributesOf(element: HTMLElement): { attributes: Attributes } | false {
  const written = Array.from(element.attributes, ({ name, value }) => [name, value] as const).filter(
    ([name]) => name !== 'data-tight',
  );
  if (!written.every(([name, value]) => isAllowed(element.localName, name, value))) return false;
  return { attributes: Object.fromEntries(written) };
}

export function block(tag: string, content: string): NodeSpec {
  return {
    content,
    group: 'block',
    defining: tag !== 'p',
    attrs: { attributes },
    parseDOM: [{ tag, getAttrs: attributesOf }],
    toDOM: (node) => [tag, allowedAttributes(tag, node.attrs.attributes), 0],
  };
}

export function list(tag: 'ol' | 'ul'): NodeSpec {
  return {
    ...block(tag, 'list_item+'),
    attrs: { attributes, tight: { default: true } },
    parseDOM: [
      {
        tag,
        getAttrs: (element) => {
          const own = attributesOf(element);
          const tight = element.hasAttribute('data-tight') || !element.querySelector(':scope > li > p');
          return own && { ...own, tight };
        },
      },
    ],
    toDOM: ({ attrs }) => [
      tag,
      { ...allowedAttributes(tag, attrs.attributes), ...(attrs.tight && { 'data-tight': '' }) },
      0,
    ],
  };
}

/** `source` is its HTML; `name` the element's. Its first rule goes before all others, the second takes what no other did. */
export function kept(group: 'block' | 'inline', first: string, last: string): NodeSpec {
  const getAttrs = ({ outerHTML, localName }: HTMLElement) => ({ source: outerHTML, name: localName });
  return {
    group,
    inline: group === 'inline',
    atom: true,
    draggable: true,
    attrs: { source: {}, name: {} },
    parseDOM: [
      { tag: first, getAttrs, priority: 60 },
      { tag: last, getAttrs, priority: 40 },
    ],
    toDOM: (node) => {
      const { body } = parseInert(node.attrs.source);
      return body.firstElementChild ?? body;
    },
  };
}

export function inlineMark(tags: string[]): MarkSpec {
  return {
    attrs: { tag: { default: tags[0] }, attributes },
    parseDOM: tags.map((tag) => ({
      tag,
      getAttrs: (element) => {
        const own = element.textContent === '' ? false : attributesOf(element);
        return own && { ...own, tag };
      },
    })),
    toDOM: ({ attrs }) => [attrs.tag, allowedAttributes(attrs.tag, attrs.attributes), 0],
  };
}
