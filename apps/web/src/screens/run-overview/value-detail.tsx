import { isJsonObject } from '@summa/core/json/json-value';
import { Pencil, Sigma, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { RunName } from '../../live/pulse.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { Changes } from './changes.tsx';
import { LongValue } from './long-value.tsx';
import { MetricDetail } from './metric-detail.tsx';
import { ObjectDetail } from './object-detail.tsx';
import css from './run-overview.module.css';
import { metricOf, type RowActs } from './summary-rows.ts';
import { DELETED, LEFT_OUT, type SummaryTree } from './summary-tree.ts';
import type { TreeNode } from './value-tree.ts';

export interface ValueDetailProps {
  readonly name: RunName;
  readonly node: TreeNode;
  readonly tree: SummaryTree;
  /** Of the summary. */
  readonly revision: number;
  /** What may be done; undefined where nothing may be changed. */
  readonly acts: RowActs | undefined;
}

/** Everything about one value of a summary: the whole of it, its statistics, who set it, and how it changed. */
export function ValueDetail({ name, node, tree, revision, acts }: ValueDetailProps) {
  const [showsChanges, setShowsChanges] = useState(false);
  const metric = metricOf(tree, node);
  const kind = metric === undefined ? undefined : tree.metrics.get(metric);
  const explicit = tree.explicit.get(node.key);
  const definition = metric === undefined ? null : tree.definitionOf(metric);
  const isMark = node.value === DELETED || node.value === LEFT_OUT;
  return (
    <div className={css.valueDetail}>
      {explicit && (
        <p className={css.note}>
          {explicit.deleted ? 'Deleted' : 'Set'} by {explicit.user?.name ?? 'somebody who is gone'}{' '}
          <RelativeTime at={explicit.at} />
          {metric !== undefined && '. It holds until the metric is logged again; the statistics go on underneath'}.
        </p>
      )}
      {!isMark && <Whole name={name} node={node} />}
      {metric !== undefined && kind !== 'OBJECT' && kind !== 'LIST' && <MetricDetail name={name} at={metric} />}
      <div className={css.detailTools}>
        <code className={css.path}>{node.key}</code>
        <CopyButton text={node.key} label="Copy the key" />
        {definition && (
          <span className={css.note}>
            defined by <code>{definition.name}</code>
          </span>
        )}
        <span className={css.detailButtons}>
          {acts && !isMark && (
            <Button onClick={() => acts.set(node)}>
              <Pencil aria-hidden />
              Set
            </Button>
          )}
          {acts && metric !== undefined && (
            <Button onClick={() => acts.define(node)}>
              <Sigma aria-hidden />
              Define
            </Button>
          )}
          {acts && explicit && (
            <Button onClick={() => acts.clear(node)}>
              <Undo2 aria-hidden />
              Take back
            </Button>
          )}
          {acts && !isMark && (
            <Button look="danger" onClick={() => acts.remove(node)}>
              <Trash2 aria-hidden />
              Delete
            </Button>
          )}
          <Button aria-expanded={showsChanges} onClick={() => setShowsChanges(!showsChanges)}>
            Changes
          </Button>
        </span>
      </div>
      {showsChanges && <Changes name={name} at={node.key} revision={revision} />}
    </div>
  );
}

const SHORT = 60;

/** The value itself where the row has no room for it. */
function Whole({ name, node }: Pick<ValueDetailProps, 'name' | 'node'>) {
  const { value, key } = node;
  if (node.kind === 'metric') return null;
  if (isJsonObject(value)) return <ObjectDetail name={name} at={key} object={value} />;
  const isLong = Array.isArray(value) || (typeof value === 'string' && value.length > SHORT);
  return isLong ? <LongValue value={value} label={`Copy ${key}`} /> : null;
}
