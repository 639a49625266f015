import type { JsonValue } from '../json/json-value.ts';
import { checkKey, type KeyLimits } from '../key/check-key.ts';
import { formatElement } from '../key/key-path.ts';
import { SummaError } from '../summa-error.ts';
import type { BatchColumn } from './row-batch.ts';

type ErrorPath = readonly (string | number)[];

/** One element of the keys seen so far: its key text, its column when it has values, and what stands below it. */
export interface KeyNode {
  readonly key: string;
  readonly depth: number;
  column: OpenColumn | null;
  children: Map<string, KeyNode> | null;
}

/** A column that still grows. */
export interface OpenColumn extends BatchColumn {
  readonly rows: number[];
  readonly numbers: number[];
  others: Map<number, JsonValue> | null;
}

/** The columns of a batch while its rows are read; a key is checked and written out once, not once a row. */
export class RowColumns {
  readonly columns: Map<string, OpenColumn> = new Map();
  readonly #top = new Map<string, KeyNode>();
  readonly #limits: KeyLimits & { readonly maxKeys: number };
  readonly #where: () => ErrorPath;

  /** `where` tells, for an error, which value is being read. */
  constructor(limits: KeyLimits & { readonly maxKeys: number }, where: () => ErrorPath) {
    this.#limits = limits;
    this.#where = where;
  }

  /** The node of a top-level key; throws when it may not be one. */
  topNode(name: string): KeyNode {
    return this.#top.get(name) ?? this.#addTopNode(name);
  }

  /** The node of a key below another; throws when it may not be one. */
  childNode(parent: KeyNode, name: string): KeyNode {
    parent.children ??= new Map();
    const known = parent.children.get(name);
    if (known) return known;
    const node = this.#newNode(`${parent.key}.${formatElement(name)}`, parent.depth + 1);
    parent.children.set(name, node);
    return node;
  }

  /** The column of a node; throws TOO_MANY_VALUES when the batch has too many keys. */
  columnOf(node: KeyNode): OpenColumn {
    if (node.column) return node.column;
    if (this.columns.size >= this.#limits.maxKeys) {
      const message = `the batch has more than ${this.#limits.maxKeys} different keys; log fewer or split the batch`;
      throw new SummaError('TOO_MANY_VALUES', message, this.#where());
    }
    node.column = { rows: [], numbers: [], others: null };
    this.columns.set(node.key, node.column);
    return node.column;
  }

  #addTopNode(name: string): KeyNode {
    if (name === '_step' || name === '_timestamp') {
      const field = name.slice(1);
      throw new SummaError(
        'INVALID_KEY',
        `${name} is reserved; send the row's "${field}" beside "values"`,
        this.#where(),
      );
    }
    const node = this.#newNode(formatElement(name), 1);
    this.#top.set(name, node);
    return node;
  }

  #newNode(key: string, depth: number): KeyNode {
    checkKey(key, this.#where(), this.#limits);
    return { key, depth, column: null, children: null };
  }
}
