/** The body is no JSON text. */
export class UnreadableJsonError extends Error {
  override name = 'UnreadableJsonError';
}

/** The body is of a type, or in an encoding, that is not read here. */
export class WrongTypeError extends Error {
  override name = 'WrongTypeError';
}

/** What a write request's body says. Throws WrongTypeError or UnreadableJsonError. */
export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  const [, charset = 'utf-8'] = /;\s*charset="?([\w-]+)/i.exec(type) ?? [];
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type) || !/^utf-?8$/i.test(charset))
    throw new WrongTypeError('Send application/json in UTF-8.');
  if (!/^(identity)?$/i.test(request.headers.get('content-encoding') ?? ''))
    throw new WrongTypeError('Send the body as it is, without Content-Encoding.');
  const text = await request.text();
  // API Gateway hands JSON on as text, in which this stands for every byte that was none.
  if (text.includes('\uFFFD'))
    throw new UnreadableJsonError('The body is not UTF-8, or holds a damaged character (U+FFFD).');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreadableJsonError(`The body is no JSON: ${(cause as Error).message}`, { cause });
  }
}
