import { createHash } from 'node:crypto';
import { build } from 'esbuild';

/**
 * A hash of the code that makes feeds out of articles: part of every feed's ETag, so that readers get what a new renderer
 * makes of unchanged articles. It is taken of the code that is reached, libraries included, minified: a comment, a
 * stylesheet, a page or a rule of the lint moves no ETag.
 */
export async function rendererBuild(root: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/feed/render-feed.ts'],
    bundle: true,
    // Not the identifiers: how they are shortened depends on unused code too.
    minifySyntax: true,
    minifyWhitespace: true,
    // Paths of CommonJS modules are in the code, so a linked folder must not show its own.
    preserveSymlinks: true,
    write: false,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // They read, keep and judge documents; none of them writes one.
    external: ['../store/*', '../runtime/*', '../lint/*'],
  });
  const hash = createHash('sha256');
  for (const { contents } of outputFiles) hash.update(contents);
  return hash.digest('hex').slice(0, 16);
}
