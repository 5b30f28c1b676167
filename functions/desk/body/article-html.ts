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

/** Blocks and the HTML that they were read from, which is nearly always one block's. */
interface Source {
  blocks: readonly Node[];
  html: string;
}

export function readArticle(html: string): ArticleDocument {
  const sources = splitBlocks(html).map((piece): Source => ({ blocks: readPiece(piece), html: piece }));
  const blocks = sources.flatMap((source) => source.blocks);
  const doc = schema.node('doc', null, blocks.length > 0 ? blocks : [schema.node('paragraph')]);
  return { doc, write: (changed) => (changed.eq(doc) ? html : writeChanged(changed.children, sources)) };
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

function writeChanged(blocks: readonly Node[], sources: Source[]): string {
  const present = new Set(blocks);
  const firsts = new Map(sources.map((source) => [source.blocks[0], source]));
  // An undone edit makes blocks anew that are like the ones before.
  const lost = new Set(sources.filter(({ blocks: [first] }) => first && !present.has(first)));
  const written: string[] = [];
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at] as Node;
    const stands = (source: Source) => source.blocks.every((one, place) => blocks[at + place]?.eq(one));
    const own = firsts.get(block);
    const source = own && stands(own) ? own : [...lost].find(stands);
    if (source) lost.delete(source);
    const html = source?.html ?? writeBlock(block);
    at += source?.blocks.length ?? 1;
    written.push(html && !source && at < blocks.length ? `${html}\n` : html);
  }
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
