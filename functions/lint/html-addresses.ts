const attribute = /[\s/]*([^\s=<>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"']+)))?/y;
const references: Record<string, string> = {
  amp: '&',
  colon: ':',
  sol: '/',
  num: '#',
  Tab: '\t',
  NewLine: '\n',
};

/** The relative addresses in HTML, as written. A feed reader cannot resolve them. */
export function relativeAddressesIn(html: string): string[] {
  return [...attributesIn(html)]
    .flatMap(([name, value]) => {
      if (name === 'srcset') return addressesInSrcset(value);
      return ['href', 'src', 'poster'].includes(name) ? [value] : [];
    })
    .filter((address) => !isAbsolute(address));
}

function addressesInSrcset(srcset: string): string[] {
  return [...srcset.matchAll(/([^\s,](?:\S*[^\s,])?)(?:\s[^,]*)?/g)].map(([, url = '']) => url);
}

// Only in tags: code examples spell < and > as references.
function* attributesIn(html: string): Generator<[string, string]> {
  const tag = /<[a-z][a-z0-9-]*(?=[\s/])/gi;
  while (tag.exec(html)) {
    attribute.lastIndex = tag.lastIndex;
    for (let found = attribute.exec(html); found; found = attribute.exec(html)) {
      tag.lastIndex = attribute.lastIndex;
      yield [(found[1] ?? '').toLowerCase(), found[2] ?? found[3] ?? found[4] ?? ''];
    }
  }
}

function isAbsolute(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(resolved(address).trim());
}

function resolved(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (reference, name: string) => {
    if (!name.startsWith('#')) return references[name] ?? reference;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}
