import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describeApi } from '../../functions/api/openapi.ts';
import { parameterPatterns } from '../../functions/api/routes.ts';

interface DescribedAnswer {
  $ref?: string;
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema?: { $ref: string } }>;
}
type Operation = {
  requestBody?: { required: boolean; content: Record<string, { schema: { $ref: string } }> };
  responses: Record<string, DescribedAnswer>;
};

// Accepts dates with and without a zone; which ones a site accepts is a setting.
const description = describeApi({ title: 'Described', datesWithoutZone: 'site' });
const shared: Record<string, DescribedAnswer> = description.components.responses;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true, formats: { iri: true } }));
ajv.addSchema({ $id: 'api', ...description });

/** A path is described by the matching template with the fewest parameters. */
const templates = Object.keys(description.paths)
  .map((template) => ({ template, pattern: patternOf(template) }))
  .sort((a, b) => parametersOf(a.template) - parametersOf(b.template));

/**
 * Throws if the API's description does not cover this answer: its status, media type, headers, kind of problem or JSON. Also
 * throws if a body was accepted that is not as described.
 */
export async function requireDescribed(
  method: string,
  url: string,
  response: Response,
  sent?: string | Buffer,
): Promise<void> {
  const told = `${method} ${url} answers ${response.status}`;
  const operation = findOperation(method, new URL(url).pathname);
  const answer = operation ? operation.responses[response.status] : undescribed(method, response.status);
  if (!answer) throw new Error(`${told}, which is not described`);
  const kind = answer.$ref?.split('/').at(-1);
  const { headers = {}, content = {} } = kind ? (shared[kind] ?? {}) : answer;
  for (const [name, { required }] of Object.entries(headers))
    if (required && !response.headers.has(name)) throw new Error(`${told} without ${name}`);
  if (method !== 'HEAD') await requireContent(told, content, kind, response);
  const isJson =
    sent !== undefined &&
    (typeof sent === 'string' || !('image/*' in (operation?.requestBody?.content ?? {})));
  if (response.ok && operation?.requestBody && isJson)
    requireForm(`${told} to a body`, bodyOf(operation), readSent(sent));
}

function bodyOf({ requestBody }: Operation): string {
  return requestBody?.content['application/json']?.schema.$ref.split('/').at(-1) ?? '';
}

function findOperation(method: string, encodedPath: string): Operation | undefined {
  // API Gateway decodes an encoded slash.
  const path = encodedPath.replace(/%2f/gi, '/');
  const template = templates.find(({ pattern }) => pattern.test(path))?.template ?? '';
  const operations = (description.paths[template] ?? {}) as Record<string, Operation>;
  return operations[(method === 'HEAD' ? 'GET' : method).toLowerCase()];
}

// What every address may answer: a wrong method, OPTIONS, nothing here, or a redirect that drops a trailing slash.
function undescribed(method: string, status: number): DescribedAnswer | undefined {
  if (status === 405) return { $ref: '#/components/responses/wrong-method' };
  if (status === 404) return { $ref: '#/components/responses/not-found' };
  if ([400, 403, 413].includes(status)) return shared.gateway;
  if (status === 308) return { headers: { Location: { required: true } } };
  return status === 204 && method === 'OPTIONS' ? { headers: { Allow: { required: true } } } : undefined;
}

async function requireContent(
  told: string,
  content: NonNullable<DescribedAnswer['content']>,
  kind: string | undefined,
  response: Response,
): Promise<void> {
  const text = await response.clone().text();
  const type = (response.headers.get('content-type') ?? '').replace(/;.*/, '');
  if (text === '' && Object.keys(content).length === 0) return;
  const found = content[type] ?? (type.startsWith('image/') ? content['image/*'] : undefined);
  if (!found) throw new Error(`${told} as ${type || 'nothing'}, which is not described`);
  if (!found.schema) return;
  const body = JSON.parse(text);
  requireForm(told, found.schema.$ref.split('/').at(-1) ?? '', body);
  if (type === 'application/problem+json' && kind && !body.type.endsWith(`#/components/responses/${kind}`))
    throw new Error(`${told} with the problem ${body.type}, where ${kind} is described`);
}

function requireForm(told: string, schema: string, value: unknown): void {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (!validate?.(value))
    throw new Error(`${told} in another form than described: ${ajv.errorsText(validate?.errors)}`);
}

function readSent(sent: string | Buffer | undefined): unknown {
  return sent === undefined ? undefined : JSON.parse(new TextDecoder().decode(Buffer.from(sent)));
}

function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      /^\/(articles|media)/.test(template) ? '[^/]*' : `(?:${parameterPatterns[name] ?? '[^/]+'})`,
    );
  return new RegExp(`^${source}$`);
}

function parametersOf(template: string): number {
  return template.split('{').length;
}
