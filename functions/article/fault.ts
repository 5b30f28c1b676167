import type * as z from 'zod';

/** What is wrong with a field, named by JSON pointer (RFC 6901; '' for the whole). */
export interface Fault {
  pointer: string;
  message: string;
}

export interface FileFault extends Fault {
  /** 1-based. */
  line: number;
}

export class InvalidArticleError extends Error {
  override name = 'InvalidArticleError';
  readonly faults: Fault[];

  constructor(faults: Fault[]) {
    super(faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; '));
    this.faults = faults;
  }
}

/** Carries every fault of one file. */
export class InvalidFileError extends Error {
  override name = 'InvalidFileError';
  readonly faults: FileFault[];

  constructor(faults: FileFault[]) {
    super(faults.map(({ line, pointer, message }) => `line ${line}: ${pointer} ${message}`).join('; '));
    this.faults = faults;
  }
}

/** An article of valid fields that exceeds a limit on its body or on the whole of it. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/** One fault per issue, and one per unknown field. */
export function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerTo(path), message: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerTo([...path, key]), message: 'is not a known field' }));
  });
}

/** RFC 6901. */
export function pointerTo(path: string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
