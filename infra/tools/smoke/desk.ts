import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Answer, type Request, send } from './http.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface DeskSettings {
  /** Where readers read. This and those below have no slash at the end. */
  baseUrl: string;
  /** Where signed writes go: past the edge, when there is one. */
  publishUrl: string;
  /** What pages and feeds say of themselves. */
  siteUrl: string;
  region: string;
  credentials: Credentials;
}

/** A site, as its readers and its editors reach it. */
export class Desk {
  readonly settings: DeskSettings;
  readonly #signer: SignatureV4;

  constructor(settings: DeskSettings) {
    this.settings = settings;
    const { region, credentials } = settings;
    this.#signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  }

  read(path: string, request?: Request): Promise<Answer> {
    return send(this.settings.baseUrl + path, request);
  }

  /** Reads where no edge can answer with what was. */
  readFresh(path: string, request?: Request): Promise<Answer> {
    return send(this.settings.publishUrl + path, request);
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
  async write(
    slug: string,
    method: string,
    { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const url = new URL(`${this.settings.publishUrl}/articles/${slug}`);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const signed = await this.#signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: {
        host: url.host,
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    return send(url.href, { method, headers: signed.headers, ...(text !== undefined && { body: text }) });
  }

  /** The JSON that a path answers with; throws when it answers anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: checks look at what they expect
  async json(path: string): Promise<any> {
    const answer = await this.read(path, { headers: { accept: 'application/json' } });
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return JSON.parse(answer.text);
  }
}
