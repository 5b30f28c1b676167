/** What a tag of a template says: `figure src="a.jpg" "second"`. */
export interface TagArguments {
  name: string;
  /** By names in lower case. */
  named: Record<string, string>;
  positional: string[];
}

const value = [String.raw`"(?:[^"\\]|\\.)*"`, String.raw`'(?:[^'\\]|\\.)*'`, '`[^`]*`', '“[^”]*”'].join('|');
const argument = new RegExp(
  String.raw`([A-Za-z][\w:.-]*)\s*(?:=\s*|:\s+|:(?=["']))(${value}|[^\s,"']+)|(${value})|([^\s,"']+)`,
  'g',
);

export function readTag(written: string): TagArguments {
  const [, name = '', rest = ''] = /^\s*([\w./-]*)([\s\S]*)$/.exec(written) ?? [];
  const named: Record<string, string> = {};
  const positional: string[] = [];
  for (const [, key, given = '', quoted, bare] of rest.matchAll(argument)) {
    if (key === undefined) positional.push(unquoted(quoted ?? bare ?? ''));
    else named[key.toLowerCase()] = unquoted(given);
  }
  return { name, named, positional };
}

function unquoted(text: string): string {
  return /^["'`“]/.test(text) ? text.slice(1, -1).replace(/\\(["'`\\])/g, '$1') : text;
}

/** Rewrites what stands between two marks, each time up to the next closing one. */
export function replaceTags(
  text: string,
  [open, close]: [string, string],
  write: (inside: string, whole: string) => string,
): string {
  const parts: string[] = [];
  let done = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, done)) {
    const end = text.indexOf(close, start + open.length);
    if (end < 0) break;
    parts.push(
      text.slice(done, start),
      write(text.slice(start + open.length, end), text.slice(start, end + close.length)),
    );
    done = end + close.length;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
