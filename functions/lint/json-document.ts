import type { Finding } from './rule.ts';

export type JsonObject = Record<string, unknown>;

export interface JsonDocument {
  feed: JsonObject;
  items: JsonObject[];
  /** The address that the document is served at. */
  url: string;
}

/** An object of the document and the pointer to it. */
export interface Placed {
  value: JsonObject;
  pointer: string;
}

export function jsonDocument(feed: JsonObject, url: string): JsonDocument {
  return { feed, items: objectsOf(feed.items), url };
}

/** The feed and its items. */
export function partsOf({ feed, items }: JsonDocument): Placed[] {
  return [{ value: feed, pointer: '' }, ...placedItems({ items })];
}

export function placedItems({ items }: Pick<JsonDocument, 'items'>): Placed[] {
  return items.map((value, index) => ({ value, pointer: `/items/${index}` }));
}

/** The objects in a list of a part, with their places. */
export function listed({ value, pointer }: Placed, field: string): Placed[] {
  return objectsOf(value[field]).map((entry, index) => ({
    value: entry,
    pointer: `${pointer}/${field}/${index}`,
  }));
}

export function wrong({ pointer }: Placed, field: string, message: string): Finding {
  return { message, place: `${pointer}${field && `/${field}`}` || '/' };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

// What is no object is told by the rule of types; the others read it as an empty one.
function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map((entry) => (isObject(entry) ? entry : {})) : [];
}
