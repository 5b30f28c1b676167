const inline = new Set(
  (
    'a abbr b bdi bdo br cite code del dfn em i img ins kbd mark math picture q ruby s samp small span strong sub sup ' +
    'time u var wbr'
  ).split(' '),
);
const leaves = new Set('br img math picture ruby wbr'.split(' '));

/**
 * What elements show, as a text to compare: whichever of two marks is within the other, wherever white space stands, and whether bare
 * text of a block is in a paragraph of its own.
 */
export function canonical(parent: Element | DocumentFragment): string {
  const out: string[] = [];
  let last = '';
  const emit = (text: string, marks: string[]) => {
    if (text === '') return;
    const key = [...new Set(marks)].sort().join('');
    if (key !== last) out.push(`{${key}}`);
    last = key;
    out.push(text);
  };
  const write = (node: Node, marks: string[], isPre: boolean) => {
    if (node.nodeType === Node.COMMENT_NODE) emit('<!>', []);
    if (node.nodeType === Node.TEXT_NODE)
      emit(isPre ? (node.textContent ?? '') : (node.textContent ?? '').replace(/[ \t\r\n\f]+/g, ''), marks);
    if (!(node instanceof Element)) return;
    const name = node.localName;
    const tag = startOf(node);
    if (inline.has(name) && !leaves.has(name) && node.textContent !== '')
      for (const child of node.childNodes) write(child, [...marks, tag], isPre);
    else {
      emit(tag, inline.has(name) ? marks : []);
      writeChildren(node, isPre || name === 'pre');
      emit(`</${name}>`, []);
    }
  };
  const writeChildren = (node: Element | DocumentFragment, isPre: boolean) => {
    const wraps = !(node instanceof Element) || ['body', 'li', 'blockquote'].includes(node.localName);
    let isOpen = false;
    for (const child of node.childNodes) {
      const isRun: boolean =
        child.nodeType === Node.TEXT_NODE
          ? isOpen || /[^ \t\r\n\f]/.test(child.textContent ?? '')
          : child instanceof Element && inline.has(child.localName);
      if (wraps && isRun !== isOpen) {
        if (isRun) emit('<p>', []);
        else if (child.nodeType !== Node.TEXT_NODE) emit('</p>', []);
        isOpen = isRun;
      }
      write(child, [], isPre);
    }
    if (isOpen) emit('</p>', []);
  };
  writeChildren(parent, false);
  return out.join('');
}

function startOf(element: Element): string {
  const attributes = Array.from(element.attributes, ({ name, value }) => ` ${name}=${JSON.stringify(value)}`);
  const isTight = /^[ou]l$/.test(element.localName) && !element.querySelector(':scope > li > p');
  return `<${element.localName}${attributes.sort().join('')}${isTight ? ' tight' : ''}>`;
}
