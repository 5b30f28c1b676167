import type { Fault } from '../../../functions/article/fault.ts';
import type { Answer } from './http.ts';

/** What a refusal says is wrong: RFC 9457, or the message that API Gateway gives itself. */
export function problemFaults({ status, text }: Answer): Fault[] {
  const { errors, detail, title, message } = parse(text);
  if (Array.isArray(errors) && errors.length > 0)
    return errors.map((error) => ({
      pointer: String(error?.pointer ?? ''),
      message: String(error?.message),
    }));
  return [{ pointer: '', message: `${detail ?? title ?? message ?? 'is refused'} (${status})` }];
}

// biome-ignore lint/suspicious/noExplicitAny: it may come from anywhere
function parse(text: string): any {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
