/** What is at a story's two addresses; each edition has a text and tags of its own. */
export interface Standing {
  /** Which of the two it is at now; undefined before it was first stored. */
  at: 0 | 1 | undefined;
  /** Whether the other address leads there. */
  moved: boolean;
  edition: number;
  gone: boolean;
}

/** A request that turns one standing into another. */
export interface Step {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: object;
  guarded: boolean;
  after: Standing;
}

const steps = {
  create: ({ number }: Story, { edition }: Standing): Step => ({
    method: 'POST',
    path: '/articles',
    body: bodyOf(number, edition + 1),
    guarded: false,
    after: { at: 0, moved: false, edition: edition + 1, gone: false },
  }),
  // Of a story that was removed it makes a new article.
  edit: (story: Story, { at = 0, moved, edition, gone }: Standing): Step =>
    put(story, { at, moved, edition: edition + 1, gone: false }, !gone),
  rename: (story: Story, { at = 0, edition }: Standing): Step =>
    put(story, { at: at === 0 ? 1 : 0, moved: true, edition: edition + 1, gone: false }, false),
  remove: ({ slugs }: Story, standing: Standing): Step => ({
    method: 'DELETE',
    path: `/articles/${slugs[standing.at ?? 0]}`,
    guarded: false,
    after: { ...standing, gone: true },
  }),
};

/** One article's life, as the one client that writes it knows it. */
export class Story {
  readonly number: number;
  readonly slugs: [string, string];
  standing: Standing = { at: undefined, moved: false, edition: 0, gone: false };
  /** Asked for, and not answered for yet: it may have been done or not. */
  pending: Step | undefined;
  /** Of the last answer. */
  etag = '';

  constructor(number: number) {
    this.number = number;
    this.slugs = [`story-${number}`, `story-${number}-moved`];
  }

  /** @param chance from 0 up to 1 */
  next(chance: number): Step {
    if (this.standing.at === undefined) return steps.create(this, this.standing);
    if (this.standing.gone || chance < 0.5) return steps.edit(this, this.standing);
    return chance < 0.8 ? steps.rename(this, this.standing) : steps.remove(this, this.standing);
  }

  /** What the write API has to say of the two addresses. */
  expected({ at, moved, edition, gone }: Standing): string[] {
    const texts = ['nothing', 'nothing'];
    if (at === undefined) return texts;
    const other = at === 0 ? 1 : 0;
    texts[at] = gone ? 'gone' : `published ${describeEdition(bodyOf(this.number, edition))}`;
    if (moved) texts[other] = `moved to ${this.slugs[at]}`;
    return texts;
  }
}

function put(story: Story, after: Standing, guarded: boolean): Step {
  const { at = 0, moved, edition } = after;
  const aliases = moved ? [story.slugs[at === 0 ? 1 : 0]] : [];
  const body = { ...bodyOf(story.number, edition), aliases };
  return { method: 'PUT', path: `/articles/${story.slugs[at]}`, body, guarded, after };
}

function bodyOf(number: number, edition: number) {
  return {
    title: `Story ${number}`,
    html: `<p>Edition ${edition}. ${'Words. '.repeat(edition % 50)}</p>`,
    tags: [`Tag ${number % 5}`, `Edition ${edition % 7}`],
  };
}

/** Of a body, or of an article as it is stored. */
export function describeEdition({ html, tags }: { html: string; tags: string[] }): string {
  return `${html} ${tags.join(', ')}`;
}
