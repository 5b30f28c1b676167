/** One thing wrong with one file below the content folder. */
export interface ContentFault {
  /** With the content folder's own path in front, so that a terminal can open it. */
  file: string;
  /** 1-based; absent where the file as a whole is meant. */
  line?: number;
  /** JSON pointer of the field, '' for the whole file. */
  pointer: string;
  message: string;
}

export function describeFault({ file, line, pointer, message }: ContentFault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return pointer === '' ? `${place} ${message}` : `${place} ${pointer.slice(1)}: ${message}`;
}
