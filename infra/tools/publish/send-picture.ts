import { InvalidFileError } from '../../../functions/article/fault.ts';
import { type Answer, send } from '../api/http.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { problemFaults } from '../api/write-api.ts';

/** What a request through API Gateway and Lambda takes. */
const maxRawBytes = 4_400_000;

export interface SentPicture {
  /** Where its owner finds it. */
  file: string;
  name: string;
  type: string;
  bytes: Buffer;
}

/** Sends the picture, and says in a line what became of it unless the site had it. Throws InvalidFileError. */
export async function sendPicture(api: RetryingClient, picture: SentPicture): Promise<string | undefined> {
  const { file, name, type, bytes } = picture;
  const path = `/media/${name}`;
  const answer =
    bytes.length <= maxRawBytes
      ? await api.send('PUT', path, { raw: bytes, type })
      : await sendLarge(api, path, picture);
  if (answer.status !== 200 && answer.status !== 201)
    throw refusal(
      file,
      problemFaults(answer)
        .map(({ message }) => message)
        .join('; '),
    );
  const { outcome, width, height } = JSON.parse(answer.text);
  return outcome === 'unchanged' ? undefined : `picture ${name}: ${outcome}, ${width} × ${height}`;
}

/** To an address of the bucket, which the site gives for just these bytes. */
async function sendLarge(
  api: RetryingClient,
  path: string,
  { file, type, bytes }: SentPicture,
): Promise<Answer> {
  const asked = await api.send('PUT', path, { length: bytes.length, type });
  if (asked.status !== 202) return asked;
  const { upload, url, method, headers } = JSON.parse(asked.text);
  const sent = await send(url, { method, headers, body: bytes });
  if (sent.status !== 200) throw refusal(file, `could not be uploaded (${sent.status})`);
  return api.send('PUT', path, { upload });
}

function refusal(file: string, message: string): InvalidFileError {
  return new InvalidFileError([{ line: 1, pointer: '', message: `the picture ${file} ${message}` }]);
}
