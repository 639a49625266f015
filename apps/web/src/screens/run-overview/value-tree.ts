import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { formatElement } from '@summa/core/key/key-path';

/** A value of a document, or a group of them, where it stands in the tree. */
export interface TreeNode {
  /** Names the row: the key for values; for a group the key, or the shared beginning of the keys, with a mark behind. */
  readonly id: string;
  /** The key of the value; for a group by a shared beginning, that beginning. */
  readonly key: string;
  /** The key without what the groups above say already. */
  readonly name: string;
  readonly kind: 'group' | 'metric' | 'value';
  readonly value: JsonValue;
  readonly children: readonly TreeNode[];
  /** How many values stand here and below. */
  readonly leafCount: number;
}

/** A node that is shown, with its place. */
export interface TreeRow {
  readonly node: TreeNode;
  readonly depth: number;
  /** Whether its children are shown; null when it has none. */
  readonly isOpen: boolean | null;
}

/** How a nested object is to be read: as a group of keys, as a metric with statistics, or as one value. */
export type ReadObject = (key: string, object: JsonObject) => TreeNode['kind'];

const collator = new Intl.Collator('en', { numeric: true });

// Names that begin with "_" are bookkeeping, and come last.
function byName(a: TreeNode, b: TreeNode): number {
  return Number(a.name.startsWith('_')) - Number(b.name.startsWith('_')) || collator.compare(a.name, b.name);
}

/**
 * A document as a tree by name: nested objects are groups, and keys that share a beginning up to a "/" are one too when
 * there are at least two of them.
 */
export function valueTree(document: JsonObject, read: ReadObject = readPlain): readonly TreeNode[] {
  return bySlash(nodesOf(document, '', read), '');
}

/** An object with a `_type`, or without keys, is one value; any other a group. */
export function readPlain(_key: string, object: JsonObject): 'group' | 'value' {
  return Object.hasOwn(object, '_type') || Object.keys(object).length === 0 ? 'value' : 'group';
}

function nodesOf(object: JsonObject, above: string, read: ReadObject): TreeNode[] {
  return Object.entries(object).map(([name, value]) => {
    const key = `${above}${formatElement(name)}`;
    const kind = isJsonObject(value) ? read(key, value) : 'value';
    if (kind === 'value' || !isJsonObject(value)) {
      return { id: key, key, name, kind: 'value', value, children: [], leafCount: 1 };
    }
    const inner = nodesOf(value, `${key}.`, read);
    // Statistics keep the order that the document gives them.
    const children = kind === 'metric' ? inner : bySlash(inner, `${key}.`);
    const id = kind === 'metric' ? key : `${key}.*`;
    return { id, key, name, kind, value, children, leafCount: kind === 'metric' ? 1 : countOf(children) };
  });
}

function bySlash(nodes: readonly TreeNode[], above: string): readonly TreeNode[] {
  const heads = new Map<string, TreeNode[]>();
  const flat: TreeNode[] = [];
  for (const node of nodes) {
    const cut = node.name.indexOf('/', 1) + 1;
    const head = cut > 0 && cut < node.name.length ? node.name.slice(0, cut) : null;
    const members = head === null ? flat : heads.get(head);
    if (members) members.push(node);
    else if (head !== null) heads.set(head, [node]);
  }
  const groups = [...heads].flatMap(([head, members]): readonly TreeNode[] => {
    if (members.length < 2) return members;
    const below = `${above}${head}`;
    const shorter = members.map((member) => ({ ...member, name: member.name.slice(head.length) }));
    const children = bySlash(shorter, below);
    const group = { key: below, name: head, kind: 'group', value: null, children } as const;
    return [{ ...group, id: `${below}*`, leafCount: countOf(children) }];
  });
  return [...flat, ...groups].sort(byName);
}

function countOf(nodes: readonly TreeNode[]): number {
  return nodes.reduce((sum, node) => sum + node.leafCount, 0);
}

/** The part of a tree whose keys, or short texts, hold every word of a search; groups stay for what is in them. */
export function searchTree(nodes: readonly TreeNode[], search: string): readonly TreeNode[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? nodes : keepMatching(nodes, words);
}

function keepMatching(nodes: readonly TreeNode[], words: readonly string[]): readonly TreeNode[] {
  return nodes.flatMap((node): readonly TreeNode[] => {
    if (matches(node, words)) return [node];
    const children = keepMatching(node.children, words);
    if (children.length === 0) return [];
    return [{ ...node, children, leafCount: node.kind === 'group' ? countOf(children) : node.leafCount }];
  });
}

const LONGEST_SEARCHED = 200;

function matches(node: TreeNode, words: readonly string[]): boolean {
  const text = typeof node.value === 'string' ? node.value.slice(0, LONGEST_SEARCHED) : '';
  const searched = `${node.key} ${text}`.toLowerCase();
  return words.every((word) => searched.includes(word));
}

const MOST_ALL_OPEN = 300;
const MOST_IN_OPEN = 12;

export interface ShownTree {
  /** Groups that are not as they are by themselves, by their ids. */
  readonly turned: ReadonlySet<string>;
  /** Whether every group is open, as while somebody searches. */
  readonly allOpen: boolean;
}

/**
 * The rows of a tree from top to bottom. By themselves groups are open in a tree of up to 300 values; in a larger one
 * only those of up to 12.
 */
export function treeRows(nodes: readonly TreeNode[], { turned, allOpen }: ShownTree): readonly TreeRow[] {
  const isSmall = countOf(nodes) <= MOST_ALL_OPEN;
  const rows: TreeRow[] = [];
  const add = (list: readonly TreeNode[], depth: number) => {
    for (const node of list) {
      const byItself = isSmall || node.leafCount <= MOST_IN_OPEN;
      const isOpen = node.children.length === 0 ? null : allOpen || byItself !== turned.has(node.id);
      rows.push({ node, depth, isOpen });
      if (isOpen) add(node.children, depth + 1);
    }
  };
  add(nodes, 0);
  return rows;
}

/** The document with a value at a path, or with nothing there; everything else is the same. */
export function withValueAt(document: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return document;
  const inner = Object.hasOwn(document, name) ? document[name] : undefined;
  if (rest.length > 0) {
    if (value === undefined && !isJsonObject(inner ?? null)) return document;
    const below = withValueAt(isJsonObject(inner ?? null) ? (inner as JsonObject) : {}, rest, value);
    return withOwn(document, name, Object.keys(below).length === 0 ? undefined : below);
  }
  return withOwn(document, name, value);
}

function withOwn(document: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  const entries = Object.entries(document);
  if (value === undefined) return Object.fromEntries(entries.filter(([each]) => each !== name));
  if (!Object.hasOwn(document, name)) return Object.fromEntries([...entries, [name, value]]);
  return Object.fromEntries(entries.map(([each, old]) => [each, each === name ? value : old]));
}
