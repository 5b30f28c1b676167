/** The last part of an address, without what tells a kind of file; undefined where it has no letter. */
export function slugInAddress(address: string): string | undefined {
  const part = address
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/[?#].*/s, '')
    .split('/')
    .findLast((one) => one !== '');
  const name = part?.replace(/\.(?:html?|php|aspx?)$/i, '');
  // A text in another script is percent-encoded.
  return name && /\p{L}|%[c-f]/iu.test(name) ? name : undefined;
}
