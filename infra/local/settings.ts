import { StartError } from './start-error.ts';

/** What the environment says of the local stage. */
export interface Settings {
  port: number;
  /** Without a trailing slash. */
  baseUrl: string;
  contentDir: string;
  /** Undefined when nothing is to be kept. */
  dataDir: string | undefined;
  /** Of a DynamoDB that runs already. */
  endpoint: string | undefined;
}

/** Throws StartError. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { PORT, BASE_URL, CONTENT_DIR, DATA_DIR, DYNAMODB_ENDPOINT } = environment;
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`PORT is ${PORT}: set it to a number from 1 to 65535`);
  if (BASE_URL && !(/^https?:/.test(BASE_URL) && URL.canParse(BASE_URL)))
    throw new StartError(`BASE_URL is ${BASE_URL}: set it as https://news.example.com`);
  if (DYNAMODB_ENDPOINT && !/^https?:\/\/./.test(DYNAMODB_ENDPOINT))
    throw new StartError(`DYNAMODB_ENDPOINT is ${DYNAMODB_ENDPOINT}: set it as http://localhost:8000`);
  const dataDir = DATA_DIR || '.newswire';
  return {
    port,
    baseUrl: (BASE_URL || `http://localhost:${port}`).replace(/\/+$/, ''),
    contentDir: CONTENT_DIR || 'content',
    dataDir: dataDir === ':memory:' ? undefined : dataDir,
    endpoint: DYNAMODB_ENDPOINT || undefined,
  };
}
