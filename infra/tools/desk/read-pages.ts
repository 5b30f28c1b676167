import { CommandError } from '../command.ts';
import { problemFaults } from '../publish/problem-faults.ts';
import type { PatientApi } from './patient-api.ts';

/** The pages of a list of the write API, as they come. Throws CommandError when one cannot be read. */
export async function* readPages<Page extends { next: string | null }>(
  api: PatientApi,
  list: string,
): AsyncGenerator<Page> {
  for (let path: string | null = list; path !== null; ) {
    const answer = await api.send('GET', path);
    if (answer.status !== 200)
      throw new CommandError(`The list cannot be read: ${problemFaults(answer)[0]?.message}`);
    const page: Page = JSON.parse(answer.text);
    yield page;
    // Its query alone: the request is signed, and goes nowhere else.
    path = page.next === null ? null : list + new URL(page.next, api.url).search;
  }
}
