import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium, openPage } from './chromium.ts';

const root = join(import.meta.dirname, '../../..');

/** What the page of a test does around the editor; `window.desk` is what a test talks to. */
const entry = `
import { mountBodyEditor } from './functions/desk/body-editor.ts';
import { mountMarkdownEditor } from './functions/desk/markdown-editor.ts';
import { bodyEditorLabels } from './functions/desk/body-labels.ts';
const desk = { changes: 0, notes: [], titles: [], uploads: [], violations: [], failing: false, held: undefined };
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
  desk.violations.push([violatedDirective, blockedURI, sample].join(' ')));
const optionsOf = () => ({
    labels: bodyEditorLabels.en,
    onChange: () => { desk.changes += 1; },
    notify: (text) => desk.notes.push(text),
    onTitle: (title) => desk.titles.push(title) > 0,
    upload: async (file, name, onProgress) => {
      onProgress(0.4);
      await desk.held;
      if (desk.failing) throw new Error('No connection');
      const { width, height } = await createImageBitmap(file);
      desk.uploads.push({ name, type: file.type, size: file.size, width, height, bytes: Array.from(new Uint8Array(await file.arrayBuffer())) });
      return { path: '/media/' + name, width, height };
    },
});
const open = (mount, given) => {
  desk.editor?.destroy();
  desk.editor = mount(document.querySelector('main'), { ...optionsOf(), ...given });
};
desk.open = (html) => open(mountBodyEditor, { html });
desk.openMarkdown = (markdown) => open(mountMarkdownEditor, { markdown });
desk.paste = (data, files = []) => {
  const clipboard = new DataTransfer();
  for (const [type, text] of Object.entries(data)) clipboard.setData(type, text);
  for (const file of files) clipboard.items.add(file);
  const target = document.querySelector('.desk-text, .desk-markdown');
  target.focus();
  target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
};
globalThis.desk = desk;
`;

interface DeskEditorServer {
  url: string;
  close(): Promise<void>;
}

/** A bare page with the body editor, under the content security policy of the desk. */
async function serveDeskEditor(): Promise<DeskEditorServer> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, sourcefile: 'desk-editor-page.ts', loader: 'ts' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/desk',
    entryNames: 'editor',
    write: false,
    absWorkingDir: root,
    logLevel: 'warning',
  });
  const files: Record<string, { type: string; bytes: Uint8Array }> = {};
  for (const { path, contents } of outputFiles)
    files[path] = { type: path.endsWith('.css') ? 'text/css' : 'text/javascript', bytes: contents };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file) {
      response.writeHead(200, { 'content-type': file.type }).end(file.bytes);
    } else if (request.url === '/') {
      response.writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': policyOf(Object.keys(files)),
      });
      response.end(page);
    } else if (request.url?.startsWith('/media/')) {
      response.writeHead(200, { 'content-type': 'image/png' }).end(dot);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const page =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">' +
  '<title>Desk</title><link rel="stylesheet" href="/desk/editor.css"><script type="module" src="/desk/editor.js"></script><main></main>';

function policyOf(paths: string[]): string {
  const scripts = paths.map((path) => `http://127.0.0.1:*${path}`).join(' ');
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${scripts}`,
    "connect-src 'self'",
    "img-src 'self' data: blob: https:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types ProseMirrorClipboard desk',
  ].join('; ');
}

/** A picture of one pixel. */
export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface DeskEditorPage {
  page: Page;
  /** Errors, refusals by the policy, and requests that left the page's own server. */
  troubles(): Promise<string[]>;
  /** Such troubles are what the test is about. */
  forgive(pattern: RegExp): void;
  open(html: string): Promise<void>;
  html(): Promise<string>;
  paste(data: Record<string, string>): Promise<void>;
  /** An expression over `desk`. */
  ask<T>(expression: string): Promise<T>;
}

async function openDeskEditor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<DeskEditorPage> {
  const { page, troubles } = await openPage(browser, url, options);
  await page.goto(url);
  const forgiven = [/^asked for (?:data|blob):/];
  const ask = <T>(expression: string) => page.evaluate(expression) as Promise<T>;
  return {
    page,
    ask,
    forgive: (pattern) => forgiven.push(pattern),
    troubles: async () =>
      [...troubles, ...(await ask<string[]>('desk.violations'))].filter(
        (one) => !forgiven.some((pattern) => pattern.test(one)),
      ),
    open: (html) => ask(`desk.open(${JSON.stringify(html)})`),
    html: () => ask('desk.editor.html()'),
    paste: (data) => ask(`desk.paste(${JSON.stringify(data)})`),
  };
}

/** For a group of tests: each has a page with the editor, made ready by `prepare`, that must be free of troubles in the end. */
export function deskEditorTests(prepare: (desk: DeskEditorPage) => Promise<unknown> = async () => {}) {
  const desk = {} as DeskEditorPage;
  let server: DeskEditorServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await serveDeskEditor();
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await server.close();
    };
  });
  beforeEach(async () => {
    Object.assign(desk, await openDeskEditor(browser, server.url));
    await prepare(desk);
  });
  afterEach(async () => {
    // Set by scripts that a test tries to bring in.
    expect(await desk.ask('globalThis.owned')).toBeUndefined();
    expect(await desk.troubles()).toEqual([]);
    await desk.page.context().close();
  });
  return {
    desk,
    /** Another page beside the test's own. */
    openAnother: (options: BrowserContextOptions) => openDeskEditor(browser, server.url, options),
  };
}
