import { textAsHtml } from '../article/body-writing.ts';
import { repaired } from './feed-html.ts';
import { addressIn } from './feed-item.ts';
import type { Reading } from './feed-modules.ts';

export type JsonObject = Record<string, unknown>;

export function addressOf(value: unknown, { url, leftOut }: Reading, base = url): string | undefined {
  return addressIn(textOf(value), base, leftOut);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? repaired(value).trim() || undefined : undefined;
}

export function textAsHtmlOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text && textAsHtml(text);
}

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** Those of a list. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value)
    ? value.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
}
