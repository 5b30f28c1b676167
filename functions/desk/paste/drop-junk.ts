import { hasClass, styleOf } from './styles.ts';

const nothing =
  'applet, base, button, canvas, datalist, dialog, embed, frameset, head, input, link, map, menu, meta, nav, noembed, noscript, ' +
  'object, option, script, select, slot, style, svg, template, textarea, title, xml, body > footer, [hidden], [aria-hidden="true"], ' +
  '[role="navigation"], [role="search"], [role="dialog"], [role="alert"], [role="contentinfo"], [role="banner"] [role="menu"]';
/** Of pages: what surrounds the text. */
const surroundings =
  /(?:^|[\s_-])(?:ads?|adsbygoogle|advert\w*|sponsored|breadcrumbs?|cookie\w*|newsletter|share|sharing|social|skip-link|screen-reader-text|sr-only|visually-hidden|toc)(?:$|\s|-(?:box|bar|banner|buttons?|links?|slot|container|wrapper|unit)(?:$|\s))/i;
const officeParts = /^(?:v|w|m|st\d):/;

/** Takes out what is no text: scripts, forms, navigation, advertisements, comments and whatever is hidden. */
export function dropJunk(body: HTMLElement, isOffice: boolean): void {
  for (const element of body.querySelectorAll(nothing)) element.remove();
  for (const element of [...body.querySelectorAll('*')]) {
    const name = element.localName;
    const isHidden =
      styleOf(element, 'display') === 'none' ||
      styleOf(element, 'mso-hide') === 'all' ||
      styleOf(element, 'visibility') === 'hidden';
    const isAnnotation =
      /^(?:comment|comment-list|para-border-div-none)$/.test(styleOf(element, 'mso-element')) ||
      hasClass(element, /(?:^|\s)mso(?:com|del)/i) ||
      styleOf(element, 'mso-special-character') === 'comment' ||
      styleOf(element, 'mso-comment-reference') !== '';
    // The line that parts Word's notes from the text.
    if (styleOf(element, 'mso-element').endsWith('note-list'))
      for (const line of element.querySelectorAll('hr')) line.remove();
    if (isHidden || isAnnotation || (isOffice && name === 'del')) element.remove();
    else if (hasClass(element, surroundings) || officeParts.test(name)) {
      // Word's own elements may hold text; a shape holds none.
      if (name.startsWith('v:') || !officeParts.test(name)) element.remove();
      else element.replaceWith(...element.childNodes);
    } else if (name === 'iframe') element.replaceWith(linkTo(element));
    else if (hasClass(element, /Apple-converted-space/) || styleOf(element, 'mso-spacerun') === 'yes')
      element.replaceWith(' ');
    else if (isOffice && name === 'ins') element.replaceWith(...element.childNodes);
  }
}

/** Another page within the text becomes a link to it. */
function linkTo(frame: Element): Node {
  const document = frame.ownerDocument;
  const src = frame.getAttribute('src') ?? '';
  if (!/^https?:/i.test(src)) return document.createTextNode('');
  const link = document.createElement('a');
  link.setAttribute('href', src);
  link.append(frame.getAttribute('title') || src);
  const paragraph = document.createElement('p');
  paragraph.append(link);
  return paragraph;
}
