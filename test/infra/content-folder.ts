import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';

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

/** Removed at the end of the run. */
export function temporaryFolder(): string {
  return mkdtempSync(join(inject('temporaryFolder'), 'test-'));
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
