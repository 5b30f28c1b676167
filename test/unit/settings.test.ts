import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { contentPath, loadContext, loadJson } from '../../functions/runtime/content.ts';
import { MissingSettingError, requireSetting, setting } from '../../functions/runtime/environment.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

afterEach(() => vi.unstubAllEnvs());

function useAsset(files: Record<string, string>): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'content'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'content', name), text);
  vi.stubEnv('LAMBDA_TASK_ROOT', root);
  return root;
}

test('a setting is read when it is required', () => {
  vi.stubEnv(setting.baseUrl, 'https://news.example.com');

  expect(requireSetting(setting.baseUrl)).toBe('https://news.example.com');
});

test.each([undefined, ''])('a setting that is %j is named in the error', (value) => {
  vi.stubEnv(setting.contentTable, value);

  expect(() => requireSetting(setting.contentTable)).toThrow(new MissingSettingError('CONTENT_TABLE'));
});

test('content is read from the Lambda’s asset', () => {
  const root = useAsset({ 'site.json': '{"title":"T"}', 'media.json': '{}' });

  expect(loadJson('site.json')).toEqual({ title: 'T' });
  expect(loadJson('media.json')).toEqual({});
  expect(contentPath('media/a.png')).toBe(join(root, 'content/media/a.png'));
});

test('answers are rendered with the site, its base URL and its media', () => {
  useAsset({ 'site.json': '{"title":"T"}', 'media.json': '{"a.png":{}}' });
  vi.stubEnv(setting.baseUrl, 'https://news.example.com');

  expect(loadContext()).toEqual({
    site: { title: 'T' },
    baseUrl: 'https://news.example.com',
    media: { 'a.png': {} },
  });
});
