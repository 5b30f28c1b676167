import { DOMSerializer, Fragment, type Node, DOMParser as Parser } from 'prosemirror-model';
import { canonical } from './canonical.ts';
import { parseInert } from './inert.ts';
import { schema } from './schema.ts';
import { splitBlocks } from './split-blocks.ts';

/** Items of a tight list hold their text without a paragraph. */
class ArticleSerializer extends DOMSerializer {
  override serializeFragment(
    ...given: Parameters<DOMSerializer['serializeFragment']>
  ): ReturnType<DOMSerializer['serializeFragment']> {
    const written = super.serializeFragment(...given);
    for (const list of written.querySelectorAll('[data-tight]')) {
      list.removeAttribute('data-tight');
      for (const text of list.querySelectorAll(':scope > li > p:first-child:not(:has(~ p))'))
        if (text.attributes.length === 0) text.replaceWith(...text.childNodes);
    }
    return written;
  }
}

export const serializer = new ArticleSerializer(
  DOMSerializer.nodesFromSchema(schema),
  DOMSerializer.marksFromSchema(schema),
);
const parser = Parser.fromSchema(schema);

export interface ArticleDocument {
  doc: Node;
  /** The document as HTML: blocks that are as they were keep their bytes, and a document that is gives back what was read. */
  write(doc: Node): string;
}

export function readArticle(html: string): ArticleDocument {
  const sources = new Map<Node, string>();
  const nodes = splitBlocks(html).flatMap((piece) => {
    const blocks = readPiece(piece);
    if (blocks.length === 1) for (const block of blocks) sources.set(block, piece);
    return blocks;
  });
  const doc = schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]);
  return {
    doc,
    write: (changed) => (changed.eq(doc) ? html : writeChanged(changed, sources)),
  };
}

function readPiece(piece: string): readonly Node[] {
  const { body } = parseInert(piece);
  const { content } = parser.parse(body);
  if (canonical(body) === canonical(fragmentOf(content))) return content.content;
  const name = body.firstElementChild?.localName ?? 'html';
  return [schema.node('kept', { source: piece.trim(), name })];
}

function fragmentOf(content: Fragment): DocumentFragment {
  return serializer.serializeFragment(content, { document: parseInert('') }) as DocumentFragment;
}

function writeChanged(doc: Node, sources: Map<Node, string>): string {
  // An undone edit makes a block anew that is like the one before.
  const lost = [...sources].filter(([node]) => !doc.content.content.includes(node));
  const written = doc.content.content.map((node, place) => {
    const at = sources.has(node) ? -1 : lost.findIndex(([former]) => former.eq(node));
    const source = at < 0 ? sources.get(node) : lost.splice(at, 1)[0]?.[1];
    if (source !== undefined) return source;
    const html = writeBlock(node);
    return html && place < doc.childCount - 1 ? `${html}\n` : html;
  });
  return written.join('');
}

function writeBlock(node: Node): string {
  if (node.type === schema.nodes.kept) return node.attrs.source;
  if (node.type === schema.nodes.paragraph && node.childCount === 0) return '';
  if (isUnsent(node)) return '';
  const holder = parseInert('').body;
  holder.append(fragmentOf(Fragment.from(node)));
  for (const picture of holder.querySelectorAll('img[src^="blob:"]'))
    (picture.closest('figure') ?? picture).remove();
  return holder.innerHTML;
}

function isUnsent({ type, attrs }: Node): boolean {
  return type === schema.nodes.figure && attrs.image.src?.startsWith('blob:');
}
