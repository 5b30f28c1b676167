import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { parseSite } from '../../functions/article/site.ts';
import { lockFolder } from '../local/lock.ts';
import { StartError } from '../local/settings.ts';
import { readSite } from '../prepared-content.ts';
import { type Command, CommandError, type Terminal, UsageError } from './command.ts';

/** Nobody else may have it: it marks the demo. */
const demoAuthority = 'news.example.com';

interface Question {
  setting: string;
  flag: string;
  ask: string;
  otherwise?: () => string;
}

const questions: Question[] = [
  { setting: 'title', flag: 'title', ask: 'What is your paper called?' },
  { setting: 'description', flag: 'description', ask: 'What is it about, in a sentence?' },
  {
    setting: 'authority',
    flag: 'domain',
    ask: 'A domain of yours (it becomes part of every article’s id and stays so), such as news.example.org?',
  },
  {
    setting: 'language',
    flag: 'language',
    ask: 'Its language, as a tag such as en or zh-CN?',
    otherwise: () => 'en',
  },
  {
    setting: 'timeZone',
    flag: 'time-zone',
    ask: 'Its time zone, such as Europe/Berlin?',
    otherwise: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  {
    setting: 'address',
    flag: 'address',
    ask: 'Who publishes it, and where (lines with ; between them)?',
    otherwise: () => '',
  },
];

export const init: Command = {
  help: `Each question can be answered by an option: ${questions.map(({ flag }) => `--${flag}`).join(' ')}

Removes the articles and pictures of the demo, and what the local stage keeps of it; writes a site.yaml of your own. A content
folder that is not the demo's is left as it is. CONTENT_DIR and DATA_DIR name other folders than content and .newswire.`,
  async run(args, terminal) {
    const options = Object.fromEntries(questions.map(({ flag }) => [flag, { type: 'string' as const }]));
    const { values } = parseArgs({ args, options });
    const { CONTENT_DIR, DATA_DIR } = terminal.env;
    const contentDir = CONTENT_DIR || 'content';
    await requireDemo(contentDir);
    const settings = new Map<string, string>();
    for (const question of questions)
      settings.set(question.setting, await answerTo(question, values[question.flag], terminal));
    await forget(DATA_DIR || '.newswire');
    for (const part of ['articles', 'media'])
      for (const name of filesIn(join(contentDir, part)))
        rmSync(join(contentDir, part, name), { recursive: true });
    writeFileSync(join(contentDir, 'site.yaml'), yamlOf(settings));
    terminal.print(`${contentDir} is an empty paper now, ${settings.get('title')}. Next:
  npm run newswire -- new "Hello, readers"   writes your first article
  npm start                                  shows the site on http://localhost:3000`);
    return 0;
  },
};

async function requireDemo(contentDir: string): Promise<void> {
  const file = join(contentDir, 'site.yaml');
  const { authority, title } = await readSite(file);
  if (authority !== demoAuthority)
    throw new CommandError(`${file} is that of ${title}, not of the demo: nothing was changed`);
}

/** Asked again until it is right, where somebody is there to type. */
async function answerTo(question: Question, given: string | undefined, terminal: Terminal): Promise<string> {
  const { setting, flag, ask, otherwise } = question;
  const proposed = otherwise?.() ?? '';
  for (let tries = 0; tries < 10; tries += 1) {
    const isAsked = given === undefined;
    const hint = proposed === '' ? '' : ` [${proposed}]`;
    const answer = ((isAsked ? await terminal.ask(`${ask}${hint} `) : given) || proposed).trim();
    const fault = answer === '' && otherwise ? undefined : findFault(setting, answer);
    if (!fault) return answer;
    if (!isAsked) throw new UsageError(`--${flag} ${fault}`);
    if (answer === '') throw new UsageError(`--${flag} is missing, and nobody answered: ${ask}`);
    terminal.printError(`That ${fault}.`);
  }
  throw new CommandError(`No answer to: ${ask}`);
}

function findFault(setting: string, answer: string): string | undefined {
  if (setting === 'authority' && answer === demoAuthority) return "is the demo's: name a domain of yours";
  const sound = new Map([
    ['title', 'T'],
    ['description', 'D'],
    ['authority', 'news.example.org'],
    ['language', 'en'],
    ['timeZone', 'UTC'],
  ]);
  try {
    parseSite(yamlOf(sound.set(setting, answer)));
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidFileError)) throw error;
    return error.faults.map(({ message }) => message).join(', ');
  }
}

/** What the local stage keeps has the demo's ids. Throws CommandError while one runs. */
async function forget(dataDir: string): Promise<void> {
  if (dataDir === ':memory:') return;
  try {
    const unlock = await lockFolder(dataDir);
    unlock();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new CommandError(error.message, { cause: error });
  }
  rmSync(dataDir, { recursive: true, force: true });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function yamlOf(settings: Map<string, string>): string {
  const lines = [...settings].map(([setting, value]) => {
    if (setting !== 'address') return `${setting}: ${JSON.stringify(value)}`;
    const address = value.split(';').map((line) => line.trim());
    return ['address:', ...address.filter(Boolean).map((line) => `  - ${JSON.stringify(line)}`)].join('\n');
  });
  return `${lines.filter((line) => line !== 'address:').join('\n')}\n`;
}
