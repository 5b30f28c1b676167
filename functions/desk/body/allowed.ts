import { textTags } from '../../article/body-tags.ts';
import { mathAttributes, mathTags } from '../../article/math-names.ts';

const words = (text: string) => text.split(' ');

const everywhere = words('id lang dir title');
/** As the cleaning on the server leaves them. */
const player = words('src controls preload loop muted');
const byTag: Record<string, string[]> = {
  audio: player,
  source: words('src srcset sizes type media width height'),
  track: words('src kind srclang label default'),
  video: [...player, ...words('poster width height')],
  a: words('href hreflang class rel'),
  code: ['class'],
  col: ['span'],
  colgroup: ['span'],
  del: ['datetime'],
  details: ['open'],
  img: words('src srcset sizes alt width height'),
  ins: ['datetime'],
  li: ['value'],
  ol: words('start reversed type'),
  section: ['class'],
  sup: ['class'],
  td: words('class colspan rowspan headers'),
  th: words('class colspan rowspan headers scope abbr'),
  time: ['datetime'],
};
const kept = new Set([...textTags, 'audio', 'img', 'track', 'video']);
const shown = new Set([...textTags, 'img'].filter((tag) => tag !== 'source'));
const mathNames = new Set(mathTags);

/** Addresses that run nothing and stay in the browser's own kinds. Control characters, which browsers skip in a scheme, are refused. */
export function isSafeUrl(url: string, schemes = /^(?:https?|mailto|tel):/i): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
  if (/[\u0000-\u001f\u007f]/.test(url)) return false;
  return schemes.test(url) || !/^\s*[^/?#]*:/.test(url);
}

export function isSafePicture(url: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp|avif);/i.test(url) || isSafeUrl(url, /^(?:https?|blob):/i);
}

/** Whether an article may hold the attribute. */
export function isAllowed(tag: string, name: string, value: string): boolean {
  if (!everywhere.includes(name) && !byTag[tag]?.includes(name)) return false;
  if (name === 'href') return isSafeUrl(value);
  return !['src', 'poster'].includes(name) || isSafePicture(value);
}

export function allowedAttributes(tag: string, attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => isAllowed(tag, name, String(value))),
  );
}

/**
 * What is in the element without anything that articles do not hold. To be shown here, no address leads anywhere, and a picture loads only
 * when it comes encrypted or from this site.
 */
export function copyAllowed(from: Node, document: Document, use: 'keep' | 'show'): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) fragment.append(node.textContent ?? '');
    if (!(node instanceof Element) || ['script', 'style', 'template', 'title'].includes(node.localName))
      continue;
    const isMath = mathNames.has(node.localName) && Boolean(node.namespaceURI?.endsWith('MathML'));
    const isHtml = (use === 'show' ? shown : kept).has(node.localName);
    const inner = copyAllowed(node, document, use);
    if (!isMath && !isHtml) {
      fragment.append(inner);
      continue;
    }
    const copy = document.createElementNS(node.namespaceURI, node.localName);
    for (const { name, value } of node.attributes)
      if (isMath ? mathAttributes.includes(name) : isCopied(node.localName, name, value, use))
        copy.setAttribute(name, value);
    copy.append(inner);
    fragment.append(copy);
  }
  return fragment;
}

function isCopied(tag: string, name: string, value: string, use: 'keep' | 'show'): boolean {
  if (!isAllowed(tag, name, value)) return false;
  if (use === 'keep') return true;
  return !['href', 'id', 'srcset', 'sizes'].includes(name) && (name !== 'src' || !/^http:/i.test(value));
}
