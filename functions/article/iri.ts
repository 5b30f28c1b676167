// RFC 3987 §2.2 leaves these out, though URL takes them.
const forbidden = /[\s<>"{}|\\^`]/u;

/** Whether a text can be an identity in every feed format: RFC 4287 §4.2.6 asks for an absolute IRI. */
export function isIri(text: string): boolean {
  return URL.canParse(text) && !forbidden.test(text);
}

/** The id that subscribers know an article by: its guid from elsewhere where that can stand in every format, else its own. */
export function subscriberId({ id, guid }: { id: string; guid?: string | undefined }): string {
  return guid !== undefined && isIri(guid) ? guid : id;
}
