import type { Access } from './access.ts';
import { type Answer, type Request, send } from './http.ts';
import { WriteApi, type Writing } from './write-api.ts';

export interface SiteAccess extends Access {
  /** Where readers read. Without a slash at the end, as the one below. */
  baseUrl: string;
  /** What pages and feeds call the site. */
  siteUrl: string;
}

/** A site as its readers and its editors reach it: one attempt per request. */
export class SiteClient {
  readonly access: SiteAccess;
  readonly #api: WriteApi;

  constructor(access: SiteAccess) {
    this.access = access;
    this.#api = new WriteApi(access);
  }

  read(path: string, request?: Request): Promise<Answer> {
    return send(this.access.baseUrl + path, request);
  }

  /** Reads from the API itself: at the edge an older answer may still be kept. */
  readFresh(path: string, request?: Request): Promise<Answer> {
    return send(this.access.publishUrl + path, request);
  }

  /** The JSON that a path answers with. Throws when it answers anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: checks look at what they expect
  async json(path: string): Promise<any> {
    const answer = await this.read(path, { headers: { accept: 'application/json' } });
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return JSON.parse(answer.text);
  }

  /** A signed request for an article of the write API. */
  write(slug: string, method: string, writing?: Writing): Promise<Answer> {
    return this.#api.send(method, `/articles/${slug}`, writing);
  }

  /** A signed GET of the write API. */
  readSigned(path: string): Promise<Answer> {
    return this.#api.send('GET', path);
  }
}
