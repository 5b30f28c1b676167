import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { isTaken } from '../functions/api/redirect-faults.ts';
import type { StaticFile } from '../functions/article/site-context.ts';
import { type ContentFault, findFile, namesIn, readFile } from './content-files.ts';

/** Beyond it, base64 and the rest of a Lambda's answer take more than its 6 MB. */
const maxBytes = 4_400_000;

/** None of them runs: scripts are refused, and pages of this site may run none. */
const types: Record<string, string> = {
  '.txt': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** The owner's files in `folder`, by the address that each is served at, and what is wrong with the others. Throws InvalidSiteError. */
export function readStaticFiles(folder: string): {
  files: Map<string, StaticFile & { bytes: Buffer }>;
  faults: ContentFault[];
} {
  const files = new Map<string, StaticFile & { bytes: Buffer }>();
  const faults: ContentFault[] = [];
  const fault = (path: string, message: string) =>
    faults.push({ file: join(folder, path), pointer: '', message });
  for (const path of pathsIn(folder)) {
    const bytes = readFile(join(folder, path));
    const type = typeOf(path);
    if (typeof bytes !== 'object') fault(path, bytes ?? 'is not there any more');
    else if (!type) fault(path, `is of no kind that is served: ${Object.keys(types).join(' ')}`);
    else if (!/^(?:\.well-known\/)?(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(path))
      fault(path, 'needs a path of letters a to z, digits, dots, _ and -');
    else if (isTaken(`/${path}`)) fault(path, `has the address /${path}, which is the site's own`);
    else if (bytes.length > maxBytes) fault(path, `is larger than ${maxBytes / 1e6} MB`);
    else {
      const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
      files.set(`/${path}`, { type, etag: `W/"${hash}"`, bytes });
    }
  }
  return { files, faults };
}

/** Of all files below it, with slashes, but for hidden ones. */
function pathsIn(folder: string, above = ''): string[] {
  const hidden = above === '' && findFile(join(folder, '.well-known')) ? ['.well-known'] : [];
  return [...hidden, ...namesIn(folder)].flatMap((name) => {
    const found = findFile(join(folder, name));
    const isFolder = typeof found === 'object' && found.isDirectory();
    return isFolder ? pathsIn(join(folder, name), `${above}${name}/`) : [above + name];
  });
}

function typeOf(path: string): string | undefined {
  // Apple and others have such names.
  if (/^\.well-known\/[^.]+$/.test(path)) return types['.txt'];
  return types[extname(path).toLowerCase()];
}
