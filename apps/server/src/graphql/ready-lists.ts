import type { JsonValue } from '@summa/core/json/json-value';
import { toWire } from '@summa/core/json/wire-json';
import { wireFormOf } from './wire-form.ts';

/**
 * Stands in an answer for a list whose items are in the form that they are sent in. graphql-js, which takes longer over an item of a
 * list than it takes to print it, sees one item: this. Scalars let it pass, and `ReadyLists.place` puts the list in its place.
 */
export class ReadyList {
  readonly items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.items = items;
  }

  *[Symbol.iterator](): Generator<ReadyList> {
    yield this;
  }
}

/** The long lists of one answer. The items of a field's type must be Double, Step, Count or JSON. */
export class ReadyLists {
  #isEmpty = true;

  /** Numbers of which none is NaN or infinite. */
  finite(numbers: Float64Array): readonly number[] {
    return this.#stand(Array.from(numbers));
  }

  /** Any numbers. */
  doubles(numbers: Float64Array): readonly number[] {
    return this.#stand(mapNumbers(numbers, toWire));
  }

  /** Numbers of which NaN stands for none; an infinity is one. */
  statistics(numbers: Float64Array): readonly (number | null)[] {
    return this.#stand(mapNumbers(numbers, (number) => (Number.isNaN(number) ? null : toWire(number))));
  }

  json(values: readonly (JsonValue | null)[]): readonly (JsonValue | null)[] {
    return this.#stand(values.map(wireFormOf));
  }

  /** Puts the lists into an answer, where graphql-js has put what stands for them. */
  place(data: unknown): void {
    if (!this.#isEmpty) placeLists(data);
  }

  #stand<Item>(items: readonly unknown[]): readonly Item[] {
    this.#isEmpty = false;
    // A list for graphql-js: it wants no more of one than that it can be walked.
    return new ReadyList(items) as Iterable<unknown> as readonly Item[];
  }
}

/** A callback of Array.from costs a multiple of this for every bucket of every chart. */
function mapNumbers<Item>(numbers: Float64Array, map: (number: number) => Item): Item[] {
  const items: Item[] = new Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) items[i] = map(numbers[i] as number); // i is within bounds
  return items;
}

function placeLists(value: unknown): void {
  if (Array.isArray(value)) value.forEach(placeLists);
  else if (typeof value === 'object' && value !== null) placeInObject(value as Record<string, unknown>);
}

function placeInObject(object: Record<string, unknown>): void {
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (Array.isArray(value) && value[0] instanceof ReadyList) object[name] = value[0].items;
    else placeLists(value);
  }
}
