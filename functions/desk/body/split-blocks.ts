const inline = new Set(
  (
    'a abbr b bdi bdo br cite code del dfn em i img ins kbd mark math picture q rp rt ruby s samp small source span ' +
    'strong sub sup time u var wbr'
  ).split(' '),
);
const empty = new Set('br col hr img source track wbr'.split(' '));

/**
 * HTML cut before each block of its top level; the pieces joined are the HTML. White space stays with the block before it, and text or
 * inline elements outside of any block are a piece together.
 */
export function splitBlocks(html: string): string[] {
  const cuts: number[] = [];
  let depth = 0;
  let isAfterBlock = true;
  for (const { 0: part, 1: closing, 2: written = '', index } of html.matchAll(
    /<!--.*?(?:-->|$)|<(\/?)([a-z][a-z0-9:-]*)(?:[^<>"]|"[^"]*")*>?|\s+|[^<\s][^<]*|</gis,
  )) {
    const name = written.toLowerCase();
    const isBlock = part.startsWith('<!--') || (name !== '' && !inline.has(name));
    const isBlank = name === '' && !/\S/.test(part);
    if (depth === 0 && !closing && !isBlank && (isBlock || isAfterBlock)) cuts.push(index);
    if (closing) depth = Math.max(0, depth - 1);
    else if (name !== '' && !empty.has(name)) depth += 1;
    if (depth === 0 && !isBlank) isAfterBlock = isBlock;
  }
  const starts = [0, ...cuts.slice(1)];
  return html === '' ? [] : starts.map((start, place) => html.slice(start, starts[place + 1]));
}
