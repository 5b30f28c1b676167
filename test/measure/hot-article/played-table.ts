import { randomInt } from 'node:crypto';
import { after, virtualNow } from './virtual-time.ts';

/** Units a second. */
export interface Caps {
  maxReadRequestUnits: number;
  maxWriteRequestUnits: number;
}

/** So much in a second, and no more, of which `burst` may be used at once. */
export class Allowance {
  #perSecond: number;
  #burst: number;
  #left: number;
  #filled = virtualNow();

  constructor(perSecond: number, burst = perSecond) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#left = burst;
  }

  has(units: number): boolean {
    const gained = ((virtualNow() - this.#filled) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + gained);
    this.#filled = virtualNow();
    return this.#left >= units;
  }

  take(units: number): void {
    this.#left -= units;
  }
}

type Numbers = Record<string, { N?: string; S?: string }>;
interface Write {
  Key: { pk: { S: string } };
  UpdateExpression: string;
  ExpressionAttributeValues: Numbers;
}
interface Answer {
  status: number;
  body: object;
}

const partitions = 4;
// Not infinite: nothing times infinity is no number.
const uncapped = 1e9;
const error = (name: string, more = {}): Answer => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more },
});
const cancelled = (Code: string) =>
  error('TransactionCanceledException', { CancellationReasons: [{ Code }] });
const throttled = error('ThrottlingException');

/** A table of counters as DynamoDB would keep it: it takes time, has limits, and lets no two transactions work on one item. */
export class PlayedTable {
  readonly rows = new Map<string, Record<string, number>>();
  readonly refused = { conflicts: 0, throttles: 0 };
  #busy = new Set<string>();
  #tokens = new Set<string>();
  #table: Record<'read' | 'write', Allowance>;
  #partitions = Array.from({ length: partitions }, () => ({
    read: new Allowance(3_000),
    write: new Allowance(1_000),
  }));

  constructor(caps: Caps | undefined) {
    this.#table = {
      read: new Allowance(caps?.maxReadRequestUnits ?? uncapped),
      write: new Allowance(caps?.maxWriteRequestUnits ?? uncapped),
    };
  }

  /** Answers when DynamoDB would. */
  async answer(operation: string, input: object): Promise<Answer> {
    if (operation === 'TransactWriteItems') return this.#transact(input as never);
    await wait(2, 6);
    if (operation === 'UpdateItem') return this.#update(input as never);
    if (operation === 'BatchGetItem') return this.#read(input as never);
    if (operation === 'GetItem') return this.#readOne(input as never);
    throw new RangeError(`Nobody plays ${operation}`);
  }

  async #transact(input: { ClientRequestToken: string; TransactItems: [{ Update: Write }] }) {
    const { Update } = input.TransactItems[0];
    const pk = Update.Key.pk.S;
    if (!this.#pay('write', pk, 2)) return wait(2, 6).then(() => this.#refuse('ThrottlingError'));
    if (this.#busy.has(pk)) return wait(2, 6).then(() => this.#refuse('TransactionConflict'));
    this.#busy.add(pk);
    await wait(7, 17);
    this.#busy.delete(pk);
    if (!this.#tokens.has(input.ClientRequestToken)) this.#add(pk, Update);
    this.#tokens.add(input.ClientRequestToken);
    return { status: 200, body: {} };
  }

  #refuse(code: string): Answer {
    this.refused[code === 'TransactionConflict' ? 'conflicts' : 'throttles'] += 1;
    return cancelled(code);
  }

  #add(pk: string, { UpdateExpression, ExpressionAttributeValues }: Write): void {
    const row = this.rows.get(pk) ?? {};
    const additions = UpdateExpression.match(/ADD (.*?)( REMOVE.*)?$/)?.[1] ?? '';
    for (const [name = '', value = ''] of additions.split(', ').map((addition) => addition.split(' ')))
      row[name] = (row[name] ?? 0) + Number(ExpressionAttributeValues[value]?.N);
    this.rows.set(pk, row);
  }

  /** The one update outside of transactions is that of the number of rows. */
  #update(update: Write): Answer {
    const pk = update.Key.pk.S;
    if (!this.#pay('write', pk, 1)) return throttled;
    if (this.#busy.has(pk)) return error('TransactionConflictException');
    const wanted = Number(update.ExpressionAttributeValues[':wanted']?.N);
    const row = this.rows.get(pk) ?? { n: 0 };
    if ((row.shards ?? 1) >= wanted)
      return error('ConditionalCheckFailedException', { Item: itemOf(pk, row) });
    this.rows.set(pk, { ...row, shards: wanted });
    return { status: 200, body: {} };
  }

  #read({
    RequestItems,
  }: {
    RequestItems: Record<string, { Keys: Write['Key'][]; ConsistentRead: boolean }>;
  }) {
    const [[table, { Keys, ConsistentRead }] = ['', { Keys: [], ConsistentRead: true }]] =
      Object.entries(RequestItems);
    const units = ConsistentRead ? 1 : 0.5;
    const read = Keys.filter(({ pk }) => this.#pay('read', pk.S, units));
    const left = Keys.filter((key) => !read.includes(key));
    this.refused.throttles += left.length;
    if (read.length === 0) return throttled;
    const items = read.flatMap(({ pk }) => this.#itemsOf(pk.S));
    const UnprocessedKeys = left.length > 0 ? { [table]: { Keys: left, ConsistentRead } } : {};
    return { status: 200, body: { Responses: { [table]: items }, UnprocessedKeys } };
  }

  #readOne({ Key: { pk } }: { Key: Write['Key'] }): Answer {
    if (!this.#pay('read', pk.S, 1)) {
      this.refused.throttles += 1;
      return throttled;
    }
    return { status: 200, body: { Item: this.#itemsOf(pk.S)[0] } };
  }

  #itemsOf(pk: string) {
    const row = this.rows.get(pk);
    return row ? [itemOf(pk, row)] : [];
  }

  #pay(kind: 'read' | 'write', pk: string, units: number): boolean {
    const hash = [...pk].reduce(
      (sum, char) => Math.imul(sum ^ char.charCodeAt(0), 0x01000193) >>> 0,
      0x811c9dc5,
    );
    const limits = [this.#table[kind], this.#partitions[hash % partitions]?.[kind]];
    if (!limits.every((limit) => limit?.has(units))) return false;
    for (const limit of limits) limit?.take(units);
    return true;
  }
}

function itemOf(pk: string, row: Record<string, number>) {
  const numbers = Object.entries(row).map(([name, n]) => [name, { N: String(n) }]);
  return { pk: { S: pk }, ...Object.fromEntries(numbers) };
}

function wait(least: number, most: number): Promise<void> {
  return new Promise((resume) => after(least + randomInt((most - least) * 1000) / 1000, resume));
}
