import type * as z from 'zod';

/** One thing wrong with what was sent: the field by JSON pointer (RFC 6901, '' for the whole) and what is asked for instead. */
export interface Fault {
  pointer: string;
  message: string;
}

export class InvalidArticleError extends Error {
  override name = 'InvalidArticleError';
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    super(faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; '));
    this.faults = faults;
  }
}

/** The article is well-formed but over a size limit that no field's own bound covers. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** Every issue of a failed parse, an unknown field each on its own. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerTo(path), message: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), message: 'is not a known field' }));
  });
}

function pointerTo(path: string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
