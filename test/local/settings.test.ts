import { expect, test } from 'vitest';
import { readSettings, StartError } from '../../infra/local/settings.ts';

test('without any setting, the content of this folder is kept below it and served on port 3000', () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    baseUrl: 'http://localhost:3000',
    contentDir: 'content',
    dataDir: '.newswire',
    endpoint: undefined,
    takeFiles: false,
    drafts: false,
  });
});

test('takes each setting', () => {
  const environment = {
    PORT: '80',
    BASE_URL: 'https://news.example.com/',
    CONTENT_DIR: 'a',
    DATA_DIR: ':memory:',
    DYNAMODB_ENDPOINT: 'http://localhost:8000',
  };

  expect(readSettings(environment, ['--drafts', '--take-files'])).toEqual({
    port: 80,
    baseUrl: 'https://news.example.com',
    contentDir: 'a',
    dataDir: undefined,
    endpoint: 'http://localhost:8000',
    takeFiles: true,
    drafts: true,
  });
});

test('refuses an option that it does not know, or that npm has taken away', () => {
  expect(() => readSettings({}, ['--port'])).toThrow(/^--port is no option/);
  expect(() => readSettings({ npm_config_take_files: 'true' })).toThrow(/npm start -- --take-files/);
  expect(() => readSettings({ npm_config_drafts: 'true' })).toThrow(/npm start -- --drafts/);
});

test.each(['http', '0', '65536', '80.5'])('refuses the port %s', (PORT) => {
  expect(() => readSettings({ PORT })).toThrow(
    new StartError(`PORT is ${PORT}: set it to a number from 1 to 65535`),
  );
});

test.each([
  'foo',
  'https://a b/',
  'ftp://a',
  'http://localhost:3955/blog/',
  'https://a/?b',
  'https://a/#b',
  'https://me@a',
  'localhost:8000',
])('refuses %s where an origin is wanted', (value) => {
  expect(() => readSettings({ BASE_URL: value })).toThrow(
    new StartError(`BASE_URL is ${value}: set it to an origin, such as https://news.example.com`),
  );
  expect(() => readSettings({ DYNAMODB_ENDPOINT: value })).toThrow(
    new StartError(`DYNAMODB_ENDPOINT is ${value}: set it to an origin, such as http://localhost:8000`),
  );
});
