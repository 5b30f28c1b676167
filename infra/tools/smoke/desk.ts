import type { Access } from '../api/access.ts';
import { type Answer, type Request, send } from '../api/http.ts';
import { WriteApi, type Writing } from '../api/write-api.ts';
import { expectIn, expectSame } from './report.ts';

/** Seconds until a write must have reached every reader. */
export const patience = 10;

/** A browser that reads ahead, which counts no view of anybody's article. */
const asBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-purpose': 'prefetch' };

export interface DeskSettings extends Access {
  /** Where readers read. This and those below have no slash at the end. */
  baseUrl: string;
  /** What pages and feeds say of themselves. */
  siteUrl: string;
}

/** A site, as its readers and its editors reach it. */
export class Desk {
  readonly settings: DeskSettings;
  readonly #api: WriteApi;

  constructor(settings: DeskSettings) {
    this.settings = settings;
    this.#api = new WriteApi(settings);
  }

  read(path: string, request?: Request): Promise<Answer> {
    return send(this.settings.baseUrl + path, request);
  }

  /** Reads where no edge can answer with what was. */
  readFresh(path: string, request?: Request): Promise<Answer> {
    return send(this.settings.publishUrl + path, request);
  }

  /** The page that a path shows to a browser, with this status; throws Mismatch when it answers anything else. */
  async page(path: string, status = 200): Promise<Answer> {
    const answer = await this.read(path, { headers: asBrowser });
    expectSame('status', answer.status, status);
    expectIn('content-type', answer.header('content-type'), /^text\/html; ?charset=utf-8$/i);
    return answer;
  }

  /** To the write API, as somebody without credentials. */
  writeUnsigned(slug: string, method: string, body: unknown): Promise<Answer> {
    return send(`${this.settings.publishUrl}/articles/${slug}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** To the write API, signed. */
  write(slug: string, method: string, writing?: Writing): Promise<Answer> {
    return this.#api.send(method, `/articles/${slug}`, writing);
  }

  /** Of the write API, signed. */
  readSigned(path: string): Promise<Answer> {
    return this.#api.send('GET', path);
  }

  /** The JSON that a path answers with; throws when it answers anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: checks look at what they expect
  async json(path: string): Promise<any> {
    const answer = await this.read(path, { headers: { accept: 'application/json' } });
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return JSON.parse(answer.text);
  }
}
