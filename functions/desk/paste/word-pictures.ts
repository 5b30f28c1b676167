/**
 * The pictures of a text in RTF, in their order: the HTML that Word puts on the clipboard names files of the writer's machine, and only the
 * RTF beside it holds their bytes.
 */
export function picturesOfRtf(rtf: string): Blob[] {
  return [...rtf.matchAll(/\\(png|jpeg)blip/g)].flatMap(({ 1: kind, index }) => {
    const hex = bytesFrom(rtf, index);
    const bytes = new Uint8Array(hex.length >> 1);
    for (let at = 0; at < bytes.length; at += 1)
      bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
    return bytes.length > 0 ? [new Blob([bytes], { type: `image/${kind}` })] : [];
  });
}

/** The digits of the group, without the groups and words in it. */
function bytesFrom(rtf: string, index: number): string {
  let depth = 0;
  let hex = '';
  for (const [part] of rtf.slice(index).matchAll(/[{}]|\\[a-z]+-?\d* ?|\\[^a-z]|[^{}\\]+/g)) {
    if (part === '{') depth += 1;
    else if (part === '}') depth -= 1;
    else if (depth === 0 && !part.startsWith('\\')) hex += part.replace(/[^0-9a-f]+/gi, '');
    if (depth < 0) break;
  }
  return hex;
}
