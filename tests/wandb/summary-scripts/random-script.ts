import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { type DefineArguments, define, log, type Operation, remove, write } from './operation.ts';

/** A random script, always the same for the same seed: values, definitions and writes in any order. */
export function randomScript(seed: number): Operation[] {
  const random = new Random(seed);
  const length = 4 + random.below(18);
  const maker = new ScriptMaker(random);
  return Array.from({ length }, () => maker.operation());
}

class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number from 0 to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  one<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }
}

const NUMBERS = ['loss', 'acc', 'val/loss', 'val/acc', 'epoch', 'lr.0'] as const;
const STATISTICS = ['min', 'max', 'mean', 'first', 'last', 'copy'] as const;
const EXACT = [...NUMBERS, 'mixed', 'n.a', 'n.deep.b', 'lr\\.0', 'shape', 'never'] as const;
const GLOBS = ['val/*', '*', 'n.*', 'val/l*', 'm*'] as const;
/** A glob, and whether all of its definitions leave out what it matches; if not, none does. */
interface Glob {
  readonly name: string;
  readonly isLeftOut: boolean;
}
const BY_HAND = ['best_accuracy', 'note', 'best'] as const;

class ScriptMaker {
  readonly #random: Random;
  /** Scripts differ in what they are about: most know few odd values, and one glob or none. */
  readonly #oddity: number;
  readonly #globs: readonly Glob[];
  /** The names that all of their definitions leave out: the others, none does. */
  readonly #leftOut: ReadonlySet<string>;
  #step = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#oddity = random.one([0, 0.1, 0.4]);
    this.#globs = Array.from({ length: random.one([0, 0, 0, 1, 1, 2]) }, () => ({
      name: random.one(GLOBS),
      isLeftOut: random.chance(0.2),
    }));
    this.#leftOut = new Set(EXACT.filter(() => random.chance(0.15)));
  }

  operation(): Operation {
    const dice = this.#random.next();
    if (dice < 0.6) return this.#log();
    if (dice < 0.8) return this.#define();
    if (dice < 0.9) return write([this.#written()], this.#value());
    if (dice < 0.95) return { do: 'update', values: { [this.#written()]: this.#value(), note: this.#plain() } };
    return remove(this.#written());
  }

  #log(): Operation {
    const random = this.#random;
    const values: Record<string, JsonValue> = {};
    for (let count = 1 + random.below(4); count > 0; count--) Object.assign(values, this.#logged());
    if (random.chance(0.25)) {
      // Often the same step again, at times one that is gone by.
      this.#step += random.one([0, 0, 1, 1, 3, -1]);
      return log(values, { step: Math.max(0, this.#step), ...(random.chance(0.3) && { commit: random.chance(0.5) }) });
    }
    return log(values, random.chance(0.15) ? { commit: false } : {});
  }

  #logged(): JsonObject {
    const random = this.#random;
    const dice = random.next();
    if (dice < 0.7) return { [random.one(NUMBERS)]: random.chance(this.#oddity) ? this.#odd() : this.#number() };
    if (dice < 0.8) return { mixed: this.#value() };
    if (dice < 0.93) return { n: this.#nested() };
    return { shape: random.chance(0.5) ? this.#number() : { inner: this.#number() } };
  }

  #nested(): JsonObject {
    const random = this.#random;
    const a = { a: this.#number() };
    const deep = { deep: { b: random.chance(this.#oddity) ? this.#odd() : this.#number(), 'c.d': this.#plain() } };
    return random.one<JsonObject>([a, deep, { ...a, ...deep }]);
  }

  #define(): Operation {
    const random = this.#random;
    const [first, ...others] = this.#globs;
    if (first && random.chance(0.5)) return this.#defineGlob(random.one([first, ...others]));
    const how: DefineArguments = {
      ...this.#flags(),
      ...(random.chance(0.25) && { step_metric: 'epoch', ...(random.chance(0.3) && { step_sync: false }) }),
    };
    const name = random.one(EXACT);
    const isLeftOut = this.#leftOut.has(name);
    return define(name, isLeftOut || random.chance(0.85) ? this.#words(isLeftOut) : undefined, how);
  }

  #defineGlob({ name, isLeftOut }: Glob): Operation {
    const hasWords = isLeftOut || this.#random.chance(0.85);
    return define(name, hasWords ? this.#words(isLeftOut) : undefined, this.#flags());
  }

  #flags(): DefineArguments {
    return {
      ...(this.#random.chance(0.15) && { hidden: true }),
      ...(this.#random.chance(0.15) && { overwrite: true }),
    };
  }

  #words(isLeftOut: boolean): string {
    const words = Array.from({ length: 1 + this.#random.below(3) }, () => this.#random.one(STATISTICS));
    return [...words, ...(isLeftOut ? ['none'] : [])].join(',');
  }

  #written(): string {
    return this.#random.chance(0.6) ? this.#random.one(BY_HAND) : this.#random.one([...NUMBERS, 'n', 'mixed']);
  }

  #value(): JsonValue {
    const random = this.#random;
    return random.chance(0.3) ? this.#odd() : random.one<JsonValue>([this.#number(), this.#plain(), this.#nested()]);
  }

  #plain(): JsonValue {
    return this.#random.one<JsonValue>(['a text', 'é\u2028', true, false, [1, 'two', [3]], []]);
  }

  #number(): number | bigint {
    const random = this.#random;
    const size = random.one([1, 1, 1, 1000, 1e-9, 1e12]);
    return random.one<number | bigint>([
      (random.next() - 0.3) * size,
      random.below(10),
      random.chance(0.2) ? 2n ** 60n + BigInt(random.below(100)) : random.below(100) / 8,
    ]);
  }

  #odd(): JsonValue {
    const infinity = Number.POSITIVE_INFINITY;
    return this.#random.one<JsonValue>([Number.NaN, infinity, -infinity, null, true, false, 'text', -0, [1, 2], {}]);
  }
}
