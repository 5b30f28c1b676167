import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describeApi } from '../../functions/api/openapi.ts';
import { parameterPatterns } from '../../functions/api/routes.ts';

interface DescribedAnswer {
  $ref?: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema?: { $ref: string } }>;
}
type Operation = { responses: Record<string, DescribedAnswer> };

const description = describeApi('Described');
const shared: Record<string, DescribedAnswer> = description.components.responses;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'api', ...description });

/** Of two templates for one path, the one with fewer parameters describes it. */
const templates = Object.keys(description.paths)
  .map((template) => ({ template, pattern: patternOf(template) }))
  .sort((a, b) => parametersOf(a.template) - parametersOf(b.template));

/** Throws when the API's description does not know this answer: its status, media type, headers or the form of its JSON. */
export async function requireDescribed(method: string, url: string, response: Response): Promise<void> {
  const told = `${method} ${url} answers ${response.status}`;
  // As API Gateway hands it on: an encoded slash is one.
  const pathname = new URL(url).pathname.replace(/%2f/gi, '/');
  const path = templates.find(({ pattern }) => pattern.test(pathname))?.template;
  const operations = (description.paths[path ?? ''] ?? {}) as Record<string, Operation>;
  const operation = operations[(method === 'HEAD' ? 'GET' : method).toLowerCase()];
  const answer = operation ? resolve(operation.responses[response.status]) : undescribed(response.status);
  if (!answer) throw new Error(`${told}, which is not described`);
  for (const name of Object.keys(answer.headers ?? {}))
    if (!response.headers.has(name)) throw new Error(`${told} without ${name}`);
  if (method !== 'HEAD') await requireContent(told, answer, response);
}

// What holds for every address: no such method, another method's list, nothing there, or there without the slash at its end.
function undescribed(status: number): DescribedAnswer | undefined {
  if (status === 405) return shared['wrong-method'];
  if (status === 404) return shared['not-found'];
  if ([400, 403, 413].includes(status)) return shared.gateway;
  return [204, 308].includes(status) ? {} : undefined;
}

async function requireContent(told: string, { content }: DescribedAnswer, response: Response): Promise<void> {
  const type = (response.headers.get('content-type') ?? '').replace(/;.*/, '');
  if (!content) return;
  const found = content[type] ?? (type.startsWith('image/') ? content['image/*'] : undefined);
  if (!found) throw new Error(`${told} as ${type || 'nothing'}, which is not described`);
  if (!found.schema) return;
  const validate = ajv.getSchema(`api${found.schema.$ref}`);
  if (!validate?.(await response.clone().json()))
    throw new Error(`${told} in another form than described: ${ajv.errorsText(validate?.errors)}`);
}

function resolve(answer: DescribedAnswer | undefined): DescribedAnswer | undefined {
  if (!answer?.$ref) return answer;
  return shared[answer.$ref.split('/').at(-1) ?? ''];
}

function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      template.startsWith('/articles') ? '[^/]*' : `(?:${parameterPatterns[name] ?? '[^/]+'})`,
    );
  return new RegExp(`^${source}$`);
}

function parametersOf(template: string): number {
  return template.split('{').length;
}
