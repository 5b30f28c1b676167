import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const siteYaml = [
  'title: Sample News',
  'description: What a sample has to say',
  'authority: news.example.com',
  'language: en',
  'timeZone: Asia/Shanghai',
].join('\n');

/** One pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Removed when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'newswire-test-'));
  folders.push(folder);
  return folder;
}

/** A content folder of these files, with a sound site.yaml unless one is given. */
export function contentFolder(files: Record<string, string | Buffer> = {}): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({ 'site.yaml': siteYaml, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
