/** Values that are worth keeping in an execution environment, as long as they are asked for more than others. */
export class LatelyUsed<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  find(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    const value = known ?? make();
    // A Map keeps its order: the one that was asked for last becomes the last.
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
