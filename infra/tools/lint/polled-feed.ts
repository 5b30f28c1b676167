import { type Answer, type Request, send } from '../api/http.ts';

const maxRedirects = 5;

/** An address that was read once, uncompressed. */
export interface Polled {
  /** Behind all redirects. */
  url: string;
  answer: Answer;
  /** Asks the same address again. */
  ask(headers: Record<string, string>, method?: string): Promise<Answer>;
}

export async function poll(address: string): Promise<Polled> {
  let url = new URL(address).href;
  let answer = await get(url);
  for (let turns = 0; isRedirect(answer) && turns < maxRedirects; turns += 1) {
    url = new URL(answer.header('location') ?? '', url).href;
    answer = await get(url);
  }
  return { url, answer, ask: (headers, method) => get(url, { headers, ...(method && { method }) }) };
}

function get(url: string, { headers, ...request }: Request = {}): Promise<Answer> {
  return send(url, { ...request, headers: { 'accept-encoding': 'identity', ...headers } });
}

function isRedirect({ status, header }: Answer): boolean {
  return [301, 302, 303, 307, 308].includes(status) && header('location') !== undefined;
}
