import type { parseDocument } from 'htmlparser2';

export type HtmlNode = ReturnType<typeof parseDocument>['children'][number];
export type HtmlElement = Extract<HtmlNode, { attribs: unknown }>;
type Named = Pick<HtmlElement, 'name' | 'startIndex' | 'attribs'>;

/** An element of a body that the stored text lacks. */
export interface Removed {
  element: string;
  /** In the body as it was sent, counted from 1; absent where it cannot be told. */
  line?: number;
  reason: string;
}

const mostNamed = 100;

/** Collects what is left out of one body. */
export class LeftOut {
  count = 0;
  private readonly named: { element: Named; reason: string }[] = [];

  add(element: Named, reason: string): void {
    this.count += 1;
    if (this.named.length < mostNamed) this.named.push({ element, reason });
  }

  /**
   * In the order of the text. `html` is what was cleaned. Where that was made of Markdown, lines are found by looking for the tag, or for
   * its address, in the `source`.
   */
  list(html: string, source: string): Removed[] {
    const ordered = this.named.sort((a, b) => (a.element.startIndex ?? 0) - (b.element.startIndex ?? 0));
    let [at, line, from] = [0, 1, 0];
    const lineAt = (position: number) => {
      line += source.slice(at, position).split('\n').length - 1;
      at = position;
      return line;
    };
    const positionOf = ({ startIndex, attribs }: Named) => {
      if (source === html) return startIndex ?? 0;
      const tag = html.slice(startIndex ?? 0, (startIndex ?? 0) + 80).split(/(?<=>)/, 1)[0];
      const found = [tag, (attribs.src ?? attribs.href)?.slice(0, 80)].map((text) =>
        text ? source.indexOf(text, from) : -1,
      );
      return found.find((position) => position >= 0) ?? -1;
    };
    const removed = ordered.map(({ element, reason }): Removed => {
      const position = positionOf(element);
      if (position < at) return { element: element.name, reason };
      from = position + 1;
      return { element: element.name, line: lineAt(position), reason };
    });
    const more = this.count - removed.length;
    return more > 0
      ? [...removed, { element: 'others', reason: `${more.toLocaleString('en')} more were left out` }]
      : removed;
  }
}
