import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('the simulator, whose licence is the AGPL, is for tests alone', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  const code = ['functions', 'infra'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ),
  );
  const users = code.filter(({ parentPath, name }) =>
    readFileSync(join(parentPath, name), 'utf8').includes('@cloud-copilot'),
  );

  expect(users).toEqual([]);
  expect(Object.keys(dependencies).join()).not.toContain('@cloud-copilot');
  expect(devDependencies['@cloud-copilot/iam-simulate']).toMatch(/^\d/);
});
