import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** What was sent of an article, and the validator that the site answered. */
export interface SentArticle {
  slug: string;
  hash: string;
  etag: string;
}

type Line = ({ article: string } & SentArticle) | { picture: string; name: string } | { redirects: string };

/** What earlier runs have done, a line each, so that no run does it again. */
export class Journal {
  readonly articles = new Map<string, SentArticle>();
  /** The names of pictures on the site. */
  readonly pictures = new Map<string, string>();
  /** The hash of those that the site has. */
  redirects: string | undefined;
  readonly #file: string;
  #isOpen = false;
  #isForgotten = false;

  constructor(file: string) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    for (const written of text.split('\n')) {
      const line = parse(written);
      if (line) this.#learn(line);
    }
  }

  /** Forgets everything: the site is not the one that earlier runs filled. The file is written anew when something is added. */
  forget(): void {
    this.#isForgotten = true;
    this.articles.clear();
    this.pictures.clear();
    this.redirects = undefined;
  }

  /** Is in the file when it returns. */
  add(line: Line): void {
    if (!this.#isOpen) {
      mkdirSync(dirname(this.#file), { recursive: true });
      if (this.#isForgotten) rmSync(this.#file, { force: true });
      // Ends a line that a kill tore.
      if (existsSync(this.#file)) appendFileSync(this.#file, '\n');
      this.#isOpen = true;
    }
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#learn(line);
  }

  #learn(line: Line): void {
    if ('article' in line) {
      const { article, ...sent } = line;
      this.articles.set(article, sent);
    } else if ('picture' in line) this.pictures.set(line.picture, line.name);
    else this.redirects = line.redirects;
  }
}

/** Undefined for a line that a kill tore. */
function parse(line: string): Line | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
