import { CommandError } from '../command.ts';
import type { Access } from './access.ts';
import { connectionFailure, findWrongPlace } from './hopeless.ts';
import type { Answer } from './http.ts';
import { repeat, type Waiting } from './repeat.ts';
import { WriteApi } from './write-api.ts';

/** What does the same when it is sent twice. Of POSTs only a repair does: another may make two articles. */
type Repeatable = 'DELETE' | 'GET' | 'PUT' | 'POST';

/** A write API for many requests: repeats what fails in passing. Throws CommandError where no other request would fare better. */
export class PatientApi {
  readonly url: string;
  readonly #api: WriteApi;
  readonly #waiting: Waiting | undefined;

  constructor(access: Access, waiting?: Waiting) {
    this.url = access.publishUrl;
    this.#api = new WriteApi(access, true);
    this.#waiting = waiting;
  }

  /** Throws GivenUpError, which is a CommandError, when all attempts failed in passing. */
  async send(method: Repeatable, path: string, body?: unknown): Promise<Answer> {
    const attempt = () => this.#api.send(method, path, { body });
    const answer = await repeat(attempt, this.#waiting).catch((error) => {
      throw error instanceof CommandError ? error : connectionFailure(this.url, error);
    });
    const wrongPlace = findWrongPlace(this.url, answer, Date.now());
    if (wrongPlace) throw new CommandError(wrongPlace);
    return answer;
  }
}
