import { repaired } from '../../../../functions/pull/feed-html.ts';

// Of Chinese the characters that stand most often, in either script: a text read in the wrong encoding has few of them.
const frequent = new Set(
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说' +
    '這為個國時來們於對會發動過說產種後學經實體現關長問',
);
const chinese = ['gb18030', 'big5'];

/** The text of a page by its byte order mark, what it declares, or what its bytes look like. */
export function decodePage(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le') ?? '';
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be') ?? '';
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const [, declared = ''] = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)/i.exec(start) ?? [];
  const [likely = ''] = chinese
    .map((label) => decoded(bytes, label) ?? '')
    .sort((one, other) => shareOfFrequent(other) - shareOfFrequent(one));
  return (
    decoded(bytes, 'utf-8') ??
    decoded(bytes, /^gb(?:k|2312|_2312-80)?$/i.test(declared) ? 'gb18030' : declared) ??
    (shareOfFrequent(likely) > 0.05 ? likely : repaired(new TextDecoder('windows-1252').decode(bytes)))
  );
}

/** Undefined if the bytes are not in it, or nobody knows it. */
function decoded(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Among the characters beyond ASCII. */
function shareOfFrequent(text: string): number {
  const beyond = [...text.slice(0, 20_000)].filter((character) => character > '\x7f');
  return beyond.filter((character) => frequent.has(character)).length / (beyond.length || 1);
}
