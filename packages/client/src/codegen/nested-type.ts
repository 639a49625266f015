import type { ModelKey } from './project-model.ts';
import { docLine, indented, propertyName, typeOf } from './type-text.ts';

/** How the keys of an interface are written. */
export interface PropertyStyle {
  /** The comment of a key. */
  readonly docOf: (key: ModelKey) => string;
  /** Whether a key may be left out. */
  readonly isOptional: (key: ModelKey) => boolean;
}

/** The properties of an interface by key text, one key after the other. */
export function flatProperties(keys: readonly ModelKey[], { docOf, isOptional }: PropertyStyle): string[] {
  return keys.flatMap((key) => [
    docLine(docOf(key)),
    `${propertyName(key.key)}${isOptional(key) ? '?' : ''}: ${typeOf(key.kinds)};`,
  ]);
}

/** The properties of an interface in which what stands below a name is an object, as it is logged. */
export function nestedProperties(keys: readonly ModelKey[], style: PropertyStyle): string[] {
  return propertiesOf(treeOf(keys), style);
}

/** Whether names and keys are the same, so that one interface serves for both. */
export function areFlat(keys: readonly ModelKey[]): boolean {
  return keys.every(({ key, path }) => path.length === 1 && path[0] === key);
}

interface Tree {
  readonly children: Map<string, Tree>;
  leaf: ModelKey | null;
}

function treeOf(keys: readonly ModelKey[]): Tree {
  const root: Tree = { children: new Map(), leaf: null };
  for (const key of keys) {
    let tree = root;
    for (const name of key.path) {
      const child: Tree = tree.children.get(name) ?? { children: new Map(), leaf: null };
      tree.children.set(name, child);
      tree = child;
    }
    tree.leaf = key;
  }
  return root;
}

function propertiesOf(tree: Tree, style: PropertyStyle): string[] {
  const children = [...tree.children].sort(([a], [b]) => (a < b ? -1 : 1));
  return children.flatMap(([name, child]) => {
    const [first = '', ...rest] = typeLines(child, style);
    const property = `${propertyName(name)}${isOptionalTree(child, style) ? '?' : ''}: ${first}`;
    const doc = child.leaf === null ? [] : [docLine(style.docOf(child.leaf))];
    return [...doc, property, ...rest];
  });
}

/** The type of a place, over several lines where something stands below it: it ends the property. */
function typeLines({ leaf, children }: Tree, style: PropertyStyle): string[] {
  const own = leaf === null ? '' : typeOf(leaf.kinds);
  if (children.size === 0) return [`${own};`];
  const below = indented(propertiesOf({ leaf: null, children }, style));
  return [`${own}${own === '' ? '' : ' | '}{`, ...below, '};'];
}

/** What stands below may be left out as a whole when a value may stand there instead, or all of it may be left out. */
function isOptionalTree({ leaf, children }: Tree, style: PropertyStyle): boolean {
  const below = [...children.values()].every((child) => isOptionalTree(child, style));
  return below && (leaf === null || style.isOptional(leaf));
}
