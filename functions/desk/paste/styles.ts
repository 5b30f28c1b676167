/** A property of an element's own style, in lower case. As `parseInert` leaves it: browsers drop what only Word knows. */
export function styleOf(element: Element, property: string): string {
  const style = element.getAttribute('data-style') ?? '';
  const found = style
    .split(';')
    .find((one) => one.slice(0, one.indexOf(':')).trim().toLowerCase() === property);
  return found === undefined
    ? ''
    : found
        .slice(found.indexOf(':') + 1)
        .trim()
        .toLowerCase();
}

export function hasClass(element: Element, pattern: RegExp): boolean {
  return pattern.test(element.getAttribute('class') ?? '');
}
