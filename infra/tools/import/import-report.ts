import { printable, type Terminal } from '../command.ts';
import type { LeftOut } from './old-site.ts';
import type { Sent } from './send-article.ts';

const { compare } = new Intl.Collator('en', { numeric: true });
const shownKinds = 15;
const shownPlaces = 3;
const outcomes: Record<Sent['outcome'] | 'would be new', string> = {
  ...{ new: 'new', 'would be new': 'would be new', replaced: 'changed', unchanged: 'unchanged' },
  ...{ there: 'there already', edited: 'edited here since, left alone', refused: 'refused' },
};

/** What a run has done, for people and as JSON. */
export class ImportReport {
  readonly #counts = new Map<string, number>();
  readonly #notes = new Map<string, string[]>();
  readonly #leftOut: { place: string; what: string; reason: string }[] = [];
  readonly #refused: { place: string; reason: string }[] = [];
  readonly #edited: { place: string; slug: string }[] = [];
  pictures = 0;
  redirects = 0;
  seconds = 0;

  get articles(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  get hasRefused(): boolean {
    return this.#refused.length > 0;
  }

  count(outcome: keyof typeof outcomes): void {
    this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
  }

  note(text: string, place: string): void {
    addTo(this.#notes, text, place);
  }

  leaveOut({ place, what, reason }: LeftOut): void {
    this.#leftOut.push({ place, what, reason });
  }

  refuse(place: string, reason = 'is refused'): void {
    this.#refused.push({ place, reason });
  }

  leaveEdited(place: string, slug: string): void {
    this.#edited.push({ place, slug });
  }

  /** `of`: what else whoever reads it needs, such as the old site. */
  json(of: object): object {
    const notes = [...this.#notes].map(([note, places]) => ({
      note,
      count: places.length,
      places: inOrder(places),
    }));
    return {
      ...of,
      articles: Object.fromEntries(this.#counts),
      pictures: this.pictures,
      redirects: this.redirects,
      seconds: Number(this.seconds.toFixed(1)),
      articlesPerSecond: Number(this.#rate().toFixed(1)),
      refused: this.#refused,
      edited: this.#edited,
      notes: notes.sort((one, other) => other.count - one.count),
      leftOut: this.#leftOut,
    };
  }

  print(terminal: Terminal, isDryRun: boolean): void {
    const say = (line: string) => terminal.print(printable(line));
    const parts = Object.entries(outcomes).flatMap(([outcome, words]) => {
      const count = this.#counts.get(outcome);
      return count ? [`${written(count)} ${words}`] : [];
    });
    say(`${amount(this.articles, 'article')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`);
    say(`${amount(this.pictures, 'picture')}${isDryRun ? ' to take' : ''}`);
    say(
      `${amount(this.redirects, 'old address', 'old addresses')}${isDryRun ? ' to redirect' : ' redirected'}`,
    );
    say(`${this.seconds.toFixed(1)} s, ${this.#rate().toFixed(0)} articles a second`);
    const groups = new Map<string, string[]>();
    for (const { place, what, reason } of this.#leftOut) addTo(groups, reason, `${what} (${place})`);
    this.#section(terminal, 'Changed on the way', this.#notes);
    this.#section(terminal, 'Left out', groups);
    const edited = this.#edited.map(({ place, slug }) => `/news/${slug} (${place})`);
    this.#section(
      terminal,
      'Edited or removed here since, and left alone',
      new Map(edited.map((line) => [line, []])),
    );
    const refused = this.#refused.map(({ place, reason }) => `${place}: ${reason}`);
    this.#section(terminal, 'Refused', new Map(refused.map((line) => [line, []])));
  }

  #section(terminal: Terminal, title: string, kinds: Map<string, string[]>): void {
    if (kinds.size === 0) return;
    terminal.print(`\n${title}`);
    const ordered = [...kinds].sort(
      ([one, few], [other, many]) => many.length - few.length || compare(one, other),
    );
    for (const [kind, places] of ordered.slice(0, shownKinds)) {
      const named = inOrder(places).slice(0, shownPlaces).join(', ');
      const more = places.length > shownPlaces ? ', …' : '';
      const times = places.length > 0 ? `${written(places.length)} × ` : '';
      terminal.print(printable(`  ${times}${kind}${named && `: ${named}${more}`}`));
    }
    if (kinds.size > shownKinds)
      terminal.print(`  and ${written(kinds.size - shownKinds)} more: --report FILE.json has them all`);
  }

  #rate(): number {
    return this.seconds > 0 ? this.articles / this.seconds : 0;
  }
}

function addTo(groups: Map<string, string[]>, name: string, item: string): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${written(count)} ${count === 1 ? one : many}`;
}

function written(count: number): string {
  return count.toLocaleString('en');
}

/** Several are worked on at once, and end in any order. */
function inOrder(places: string[]): string[] {
  return [...places].sort(compare);
}
