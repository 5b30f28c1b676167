import { type Block, blocksOf, type Element, type Node } from './blocks.ts';
import { before, findDateLine } from './news-form.ts';

const enough = 200;

/** Of a page with a date line its blocks, as far as they belong to the article, and where the line stands in them; undefined without one. */
export function findNewsForm(body: Element): { blocks: Block[]; at: number } | undefined {
  const all = blocksOf(body, () => true);
  const line = all[findDateLine(all)]?.node;
  if (line === undefined) return undefined;
  const around: Node[] = [line];
  for (let node = line.parentNode; node && node !== body && 'parentNode' in node; node = node.parentNode)
    around.push(node as Node);
  const levels = new Map(around.map((node, level) => [node, level]));
  // Tables that lay the page out are taken apart, those of the article stay.
  const blocks = blocksOf(body, (element) => levels.has(element));
  const at = findDateLine(blocks);
  return at < 0
    ? undefined
    : { blocks: blocks.slice(0, at + 1).concat(following(blocks.slice(at + 1), levels)), at };
}

/** Those in the innermost element around the line that has text enough behind it, or names the article before; or else all. */
function following(blocks: Block[], levels: Map<Node, number>): Block[] {
  const placed = blocks.map((block) => ({ block, level: levelOf(block, levels) }));
  for (let level = 0; level < levels.size; level++) {
    const inside = placed.filter((one) => one.level <= level).map(({ block }) => block);
    const length = inside.reduce((sum, { text }) => sum + text.length, 0);
    if (length >= enough || inside.some(({ text }) => before.test(text))) return inside;
  }
  return blocks;
}

function levelOf({ node }: Block, levels: Map<Node, number>): number {
  for (let one = node; one; one = one.parentNode as Node | undefined) {
    const level = levels.get(one);
    if (level !== undefined) return level;
  }
  return Number.POSITIVE_INFINITY;
}
