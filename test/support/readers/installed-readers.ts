import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A reader as people install it, which keeps what it has read in a folder. */
export interface InstalledReader {
  name: string;
  /** Polls until it sends the validators that it was told. */
  unconditionalPolls: number;
  /** Whether it is on this machine. */
  isInstalled(): Promise<boolean>;
  /** Subscribes when the folder is new, polls otherwise, and answers how many entries it knows then. */
  poll(url: string, folder: string): Promise<number>;
}

const newsboat: InstalledReader = {
  name: 'newsboat',
  // It keeps validators with what it keeps of the feed, and keeps them first.
  unconditionalPolls: 2,
  isInstalled: () => succeeds('newsboat', '-h'),
  async poll(url, folder) {
    writeFileSync(join(folder, 'urls'), `${url}\n`);
    writeFileSync(join(folder, 'config'), '');
    const files = ['-u', 'urls', '-C', 'config', '-c', 'cache.db'];
    await run('newsboat', [...files, '-x', 'reload'], { cwd: folder });
    const { stdout } = await run('newsboat', [...files, '-x', 'print-unread'], { cwd: folder });
    return Number.parseInt(stdout, 10);
  },
};

const sfeedrc = (folder: string, url: string) => `
sfeedpath=${JSON.stringify(folder)}
fetch() {
  # As its manual says for servers with ETags.
  curl -sf -m 15 --etag-compare "$sfeedpath/etag" --etag-save "$sfeedpath/etag" "$2"
}
feeds() { feed news ${JSON.stringify(url)}; }
`;

const sfeed: InstalledReader = {
  name: 'sfeed',
  unconditionalPolls: 1,
  isInstalled: async () => await succeeds('sh', '-c', 'command -v sfeed sfeed_update curl'),
  async poll(url, folder) {
    const settings = join(folder, 'sfeedrc');
    const kept = join(folder, 'news');
    writeFileSync(settings, sfeedrc(folder, url));
    await run('sfeed_update', [settings]);
    return existsSync(kept) ? readFileSync(kept, 'utf8').trim().split('\n').length : 0;
  },
};

const python = ['python3', '/usr/bin/python3'];
const script = join(import.meta.dirname, 'poll.py');

const feedparser: InstalledReader = {
  name: 'python3-feedparser',
  unconditionalPolls: 1,
  isInstalled: async () => (await findPython()) !== undefined,
  async poll(url, folder) {
    const { stdout } = await run((await findPython()) ?? '', [script, url, join(folder, 'state.json')]);
    return Number.parseInt(stdout, 10);
  },
};

async function findPython(): Promise<string | undefined> {
  for (const command of python) if (await succeeds(command, '-c', 'import feedparser')) return command;
  return undefined;
}

async function succeeds(command: string, ...args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

export const installedReaders = [newsboat, sfeed, feedparser];
