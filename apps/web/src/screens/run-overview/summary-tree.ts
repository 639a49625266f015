import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { parseKey } from '@summa/core/key/key-path';
import { type DefinitionResolver, resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import { type Goal, parseStatistic } from '@summa/core/metric/statistic';
import type { RunOverviewQuery, ShownDefinitionFragment } from '../../generated/graphql.ts';
import { readPlain, type TreeNode, valueTree, withValueAt } from './value-tree.ts';

/** A run as the overview asks for it. */
export type OverviewRun = NonNullable<RunOverviewQuery['run']>;

/** A value that somebody set by hand, or the mark that something was deleted. */
export type Explicit = OverviewRun['summary']['explicit'][number];

/** Which values of a summary are shown: what it shows, what people changed only, or metrics too that it leaves out. */
export type SummaryShow = 'shown' | 'hand' | 'all';

/** Stands in the tree where somebody deleted what is derived. */
export const DELETED: JsonObject = Object.freeze({ _type: 'deleted' });

/** Stands in the tree for a metric that its definition leaves out. */
export const LEFT_OUT: JsonObject = Object.freeze({ _type: 'left out' });

/** What the tree of a summary is made of. */
export interface SummaryTree {
  readonly document: JsonObject;
  readonly nodes: readonly TreeNode[];
  readonly explicit: ReadonlyMap<string, Explicit>;
  /** The keys that the run logged, with the kind of value. */
  readonly metrics: ReadonlyMap<string, string>;
  /** What the definitions say of a key. */
  readonly definitionOf: DefinitionResolver;
  /** The statistics that the document shows, by their keys; by the key of the metric when it is the only one. */
  readonly statistics: ReadonlyMap<string, StatisticPlace>;
}

/** Which statistic of which metric stands at a key. */
export interface StatisticPlace {
  readonly metric: string;
  readonly statistic: string;
}

type SummaryPart = Pick<OverviewRun, 'summary' | 'definitions' | 'historyKeys'>;

/** Reads a run's summary as a tree, with its deleted marks and, if wanted, the metrics that it leaves out. */
export function summaryTree({ summary, definitions, historyKeys }: SummaryPart, show: SummaryShow): SummaryTree {
  const document = fromWire(summary.document) as JsonObject;
  const explicit = new Map(summary.explicit.map((entry) => [entry.key, entry]));
  const metrics = new Map(historyKeys.map(({ key, kind }) => [key, kind]));
  const definitionOf = resolverOf(definitions);
  let shown = show === 'hand' ? {} : document;
  for (const entry of explicit.values()) {
    if (entry.deleted) shown = withMark(shown, entry.key, DELETED);
    else if (show === 'hand') shown = withValueAt(shown, parseKey(entry.key), fromWire(entry.value));
  }
  if (show === 'all') for (const key of leftOut(metrics, definitionOf)) shown = withMark(shown, key, LEFT_OUT);
  const isStatistics = (key: string, object: JsonObject) =>
    metrics.has(key) && !explicit.has(key) && (definitionOf(key)?.statistics.length ?? 0) > 0 && hasStatistics(object);
  const nodes = valueTree(shown, (key, object) => (isStatistics(key, object) ? 'metric' : readPlain(key, object)));
  const statistics = new Map<string, StatisticPlace>();
  const folded = nodes.map((node) => foldStatistics(node, explicit, statistics));
  return { document, nodes: folded, explicit, metrics, definitionOf, statistics };
}

/** Notes where statistics stand, and puts the only statistic of a metric into the metric's own row. */
function foldStatistics(
  node: TreeNode,
  explicit: ReadonlyMap<string, Explicit>,
  statistics: Map<string, StatisticPlace>,
): TreeNode {
  if (node.kind !== 'metric') {
    const children = node.children.map((child) => foldStatistics(child, explicit, statistics));
    return node.children.length === 0 ? node : { ...node, children };
  }
  for (const { key, name } of node.children) statistics.set(key, { metric: node.key, statistic: name });
  const [only, ...others] = node.children;
  if (!only || others.length > 0 || explicit.has(only.key)) return node;
  statistics.set(node.key, { metric: node.key, statistic: only.name });
  return { ...node, kind: 'value', value: only.value, children: [] };
}

function resolverOf(definitions: readonly ShownDefinitionFragment[]): DefinitionResolver {
  return resolveDefinitions(
    definitions.map((definition) => ({
      ...definition,
      goal: (definition.goal?.toLowerCase() ?? null) as Goal | null,
      summary: definition.summary.map(parseStatistic).filter((option) => option !== undefined),
      overwrite: false,
    })),
  );
}

function leftOut(metrics: ReadonlyMap<string, string>, definitionOf: DefinitionResolver): string[] {
  return [...metrics.keys()].filter((key) => definitionOf(key)?.isLeftOut);
}

function hasStatistics(object: JsonObject): boolean {
  const names = Object.keys(object);
  return names.length > 0 && names.every((name) => parseStatistic(name) !== undefined);
}

// A mark stands only where nothing else does: what is shown at or below the key matters more.
function withMark(document: JsonObject, key: string, mark: JsonObject): JsonObject {
  const path = parseKey(key);
  let at: JsonValue | undefined = document;
  for (const name of path) {
    if (at === undefined) break;
    if (!isJsonObject(at) || Object.hasOwn(at, '_type')) return document;
    at = Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at === undefined ? withValueAt(document, path, mark) : document;
}
