import { request } from 'node:http';
import { echo, lambda, route, stageOf } from './assembly.ts';

/** As sent, for what fetch would put right. */
export function send(url: string, path: string, headers: Record<string, string | string[]> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path, headers }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      })
        .on('error', reject)
        .end();
    },
  );
}

/** A stage whose one function answers with its own event. */
export function echoStage(resources = route('ANY /{proxy+}', 'Echo'), options = {}) {
  return stageOf({ Echo: echo }, { ...lambda('Echo'), ...resources }, options);
}
