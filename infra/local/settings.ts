/** Something the person at the terminal can put right; the message is one line that says how. */
export class StartError extends Error {
  override name = 'StartError';
}

/** What the environment and the command line say of the local stage. */
export interface Settings {
  port: number;
  /** Without a trailing slash. */
  baseUrl: string;
  contentDir: string;
  /** Undefined when nothing is to be kept. */
  dataDir: string | undefined;
  /** Of a DynamoDB that runs already. */
  endpoint: string | undefined;
  /** Whether content files win against edits through the API. */
  takeFiles: boolean;
  /** Whether articles that are not public are shown at their addresses. */
  drafts: boolean;
}

const options = ['--take-files', '--drafts'];

/** Throws StartError. */
export function readSettings(environment: NodeJS.ProcessEnv, args: string[] = []): Settings {
  for (const option of options)
    if (environment[`npm_config_${option.slice(2).replaceAll('-', '_')}`])
      throw new StartError(`npm kept ${option} for itself. Write npm start -- ${option}`);
  const unknown = args.find((arg) => !options.includes(arg));
  if (unknown !== undefined)
    throw new StartError(`${unknown} is no option: there are only ${options.join(' and ')}`);
  const { PORT, BASE_URL, CONTENT_DIR, DATA_DIR, DYNAMODB_ENDPOINT } = environment;
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`PORT is ${PORT}: set it to a number from 1 to 65535`);
  const dataDir = DATA_DIR || '.newswire';
  return {
    port,
    baseUrl: originOf('BASE_URL', BASE_URL, 'https://news.example.com') ?? `http://localhost:${port}`,
    contentDir: CONTENT_DIR || 'content',
    dataDir: dataDir === ':memory:' ? undefined : dataDir,
    takeFiles: args.includes('--take-files') || environment.TAKE_FILES === 'yes',
    drafts: args.includes('--drafts'),
    endpoint: originOf('DYNAMODB_ENDPOINT', DYNAMODB_ENDPOINT, 'http://localhost:8000'),
  };
}

/** A path, query or user would be lost: addresses within the site begin with a slash. */
function originOf(setting: string, value: string | undefined, example: string): string | undefined {
  if (!value) return undefined;
  const { protocol, origin, href } = URL.canParse(value) ? new URL(value) : ({} as Partial<URL>);
  if ((protocol !== 'http:' && protocol !== 'https:') || href !== `${origin}/`)
    throw new StartError(`${setting} is ${value}: set it to an origin, such as ${example}`);
  return origin;
}
