import { type BuildFailure, build } from 'esbuild';
import { type ContentFault, readFile } from './content-files.ts';

const maxBytes = 100_000;
const advice = 'only paths of this site, such as /fonts/a.woff2, may be named';

/**
 * content/style.css without white space and comments, or '' where there is none; and what is wrong with it, after which none of it is taken: half
 * a style is worse than ours.
 */
export async function readOwnStyle(file: string): Promise<{ css: string; faults: ContentFault[] }> {
  const bytes = readFile(file);
  if (bytes === undefined) return { css: '', faults: [] };
  if (typeof bytes === 'string') return refused([{ file, pointer: '', message: bytes }]);
  if (bytes.length > maxBytes)
    return refused([{ file, pointer: '', message: `is larger than ${maxBytes / 1000} KB` }]);
  const faults: ContentFault[] = [];
  const fault = (message: string, line = 1) => faults.push({ file, line, pointer: '', message });
  const { outputFiles, warnings, errors } = await build({
    stdin: { contents: bytes.toString(), loader: 'css' },
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    logLevel: 'silent',
    plugins: [
      {
        name: 'addresses',
        setup(context) {
          context.onResolve({ filter: /.*/ }, ({ path, kind }) => {
            const isOwn = /^\/(?![/\\])/.test(path) || /^(?:data:|#)/.test(path);
            if (kind === 'url-token' && isOwn) return { path, external: true };
            return {
              errors: [{ text: `${kind === 'import-rule' ? '@import' : 'url()'} of ${path}: ${advice}` }],
            };
          });
        },
      },
    ],
  }).catch(({ warnings, errors }: BuildFailure) => ({ outputFiles: [], warnings, errors }));
  for (const { text, location } of [...errors, ...warnings]) fault(text, location?.line);
  const css = outputFiles[0]?.text.trim() ?? '';
  // Where a string is an address without saying so, as in image-set().
  const [other] = /["'(](?:https?:)?\/\/[^"')]*/i.exec(css.replace(/data:[^"')]*/g, '')) ?? [];
  if (other) fault(`names ${other.slice(1)}: ${advice}`);
  return faults.length > 0 ? refused(faults) : { css, faults };
}

function refused(faults: ContentFault[]) {
  return { css: '', faults };
}
