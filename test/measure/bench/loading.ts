import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { lambdaNames } from '../../../infra/function-bundles.ts';
import { type Figure, figure } from './figures.ts';

const rounds = 9;
const timed = 'const t = performance.now(); require(process.argv[1]); console.log(performance.now() - t)';
const commands = ['Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'TransactWriteItems'];

/** How long Node takes to load each bundle below a folder, and a client with the commands that pages use; each in fresh processes, in turn. */
export async function measureLoading(folder: string): Promise<Figure[]> {
  const bare = join(folder, 'bare.js');
  const names = ['DynamoDBClient', ...commands.map((name) => `${name}Command`)].join(', ');
  const contents = `export { ${names} } from '@aws-sdk/client-dynamodb';`;
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    ...{ bundle: true, minify: true, platform: 'node', target: 'node22', format: 'cjs', metafile: true },
    mainFields: ['module', 'main'],
    outfile: bare,
  });
  const files = new Map(lambdaNames.map((name) => [name as string, join(folder, name, 'index.js')]));
  files.set('bare client', bare);
  const times = new Map([...files.keys()].map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const [name, file] of files) times.get(name)?.push(await loadOnce(file));
  const floor = times.get('bare client') ?? [];
  const [{ bytes = 0 } = {}] = Object.values(metafile.outputs);
  return [...times].map(([name, values]) => {
    const what = name === 'bare client' ? `${name}, ${Math.round(bytes / 1000)} KB` : name;
    return figure('load', what, 'ms', values, { floor, ...(name === 'read-site' && { goal: '≤ 1.35' }) });
  });
}

async function loadOnce(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', timed, file]);
  return Number(stdout.trim().split('\n').at(-1));
}
