type Table = Map<string, number[]>;
const tables = new Map<string, Table>();

/** The text in an encoding that Node only reads, by reading all that two bytes can be. Throws for a character that it lacks. */
export function encode(text: string, encoding: string): Uint8Array {
  const known = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, known);
  return new Uint8Array(
    [...text].flatMap((character) => {
      const bytes = known.get(character);
      if (!bytes) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): Table {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const known: Table = new Map();
  const add = (bytes: number[]) => {
    try {
      const [character = '', another] = decoder.decode(new Uint8Array(bytes));
      if (another === undefined && !known.has(character)) known.set(character, bytes);
    } catch {
      // No character.
    }
  };
  for (let byte = 0; byte < 0x100; byte += 1) add([byte]);
  for (let lead = 0x81; lead < 0xff; lead += 1)
    for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail]);
  return known;
}
