import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** What each Lambda's asset holds of the prepared content, below its `content` folder. */
const contentParts = {
  'read-site': [
    'site.json',
    'media.json',
    'crawlers.json',
    'openapi.json',
    'static.json',
    'static',
    'style.css',
  ],
  'publish-article': ['site.json', 'media.json', 'style.css'],
  'import-content': ['site.json', 'media.json', 'articles'],
  announce: ['site.json', 'media.json'],
  sweep: ['site.json', 'media.json'],
  'pull-sources': ['site.json', 'media.json'],
  'repair-rows': ['site.json', 'media.json'],
  media: ['pictures.json'],
  desk: ['site.json'],
} as const satisfies Record<string, readonly string[]>;

export type LambdaName = keyof typeof contentParts;
export const lambdaNames = Object.keys(contentParts) as LambdaName[];

const root = join(import.meta.dirname, '..');

/**
 * The code of each Lambda, in a folder of its name; returns what went into each.
 * One esbuild call for all of them: NodejsFunction starts npx for each, half a second every time,
 * and copies content by shell commands only.
 */
export async function bundleCode(outDir: string): Promise<Metafile> {
  const desk = bundleDesk(join(outDir, 'desk/assets'));
  const { metafile } = await build({
    metafile: true,
    absWorkingDir: root,
    entryPoints: lambdaNames.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
    outdir: outDir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // ES modules where a package has both: unused code goes, and read-site loads in half the time.
    mainFields: ['module', 'main'],
    // Node reads it; escaped, a Chinese character would take twice as much.
    charset: 'utf8',
    loader: { '.css': 'text' },
    // It starts threads by its own file, and reads its code beside it.
    external: ['wasm-vips'],
    alias: {
      // The sanitiser requires it and our code imports it: one copy, not one of each kind of module.
      htmlparser2: join(root, 'node_modules/htmlparser2/dist/commonjs/index.js'),
      '@aws-sdk/credential-provider-node': join(root, 'functions/runtime/credentials.ts'),
    },
    plugins: [withoutIdleCode],
    logLevel: 'warning',
  });
  await desk;
  return metafile;
}

/** What the desk runs in the browser: names with hashes, and rarely used parts apart. */
async function bundleDesk(outDir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['functions/desk/main.tsx'],
    outdir: outDir,
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
}

/** What packages load and we never reach, 30 KB of each bundle. Each file here is followed by what stands for it. */
const idle: [RegExp, string][] = [
  // `feed` writes XML by xml-js, and reads none.
  [/[\\/]xml-js[\\/]lib[\\/]xml2js(on)?\.js$/, ''],
  // No operation of DynamoDB streams its answer.
  [/[\\/]@smithy[\\/]core[\\/].*event-streams[\\/]index\.js$/, ''],
  // Endpoints that DynamoDB would name, once discovery was asked for: one or two, for which a Map is as good.
  [
    /[\\/]mnemonist[\\/]lru-cache\.js$/,
    'module.exports = class extends Map { constructor() { super(); } peek(key) { return this.get(key); } };',
  ],
];

const withoutIdleCode: Plugin = {
  name: 'idle',
  setup({ onLoad }) {
    for (const [filter, contents] of idle) onLoad({ filter }, () => ({ contents }));
  },
};

/** One folder per Lambda in `outDir`, each complete as an asset. */
export async function writeAssets(code: string, preparedContent: string, outDir: string): Promise<void> {
  await Promise.all(
    lambdaNames.map(async (name) => {
      const asset = join(outDir, name);
      await mkdir(join(asset, 'content'), { recursive: true });
      await cp(join(code, name), asset, { recursive: true });
      // Below a package of type module, Node would load the CJS bundle as an empty ES module.
      await writeFile(join(asset, 'package.json'), '{"type":"commonjs"}\n');
      if (name === 'media') await addCodec(asset);
      for (const part of contentParts[name])
        await cp(join(preparedContent, part), join(asset, 'content', part), { recursive: true });
    }),
  );
}

/** The codec as its package has it, without what is for browsers and for formats that are not taken. */
async function addCodec(asset: string): Promise<void> {
  for (const file of [
    'package.json',
    'lib/vips-node.js',
    'lib/vips-node.mjs',
    'lib/vips.wasm',
    'lib/vips-heif.wasm',
  ])
    await cp(join(root, 'node_modules/wasm-vips', file), join(asset, 'node_modules/wasm-vips', file));
}
