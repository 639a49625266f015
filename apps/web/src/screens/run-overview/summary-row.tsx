import { Copy, Pencil, PenLine, Sigma, Trash2, Undo2 } from 'lucide-react';
import { countOf, formatCount } from '../../format/format-number.ts';
import { prettyJson } from '../../format/pretty-json.ts';
import { IconButton } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { RowMenuButton } from './row-menu-button.tsx';
import css from './run-overview.module.css';
import { isMark, metricOf, type RowActs } from './summary-rows.ts';
import { DELETED, type Explicit, LEFT_OUT, type SummaryTree } from './summary-tree.ts';
import type { RowParts } from './tree-grid.tsx';
import { type MetricSteps, stepOf } from './use-shown-steps.ts';
import { ValueText } from './value-text.tsx';
import type { TreeNode } from './value-tree.ts';

export interface RowContext {
  readonly node: TreeNode;
  readonly tree: SummaryTree;
  readonly steps: ReadonlyMap<string, MetricSteps>;
  readonly acts: RowActs;
  readonly readOnly: boolean;
}

/** A row of the summary: its value with who wrote it or when it occurred, and what can be done with it. */
export function rowParts({ node, tree, steps, acts, readOnly }: RowContext): RowParts {
  const explicit = tree.explicit.get(node.key);
  const metric = metricOf(tree, node);
  const isDeleted = node.value === DELETED;
  return {
    struck: isDeleted,
    value: (
      <>
        <RowValue node={node} />
        {tree.statistics.get(node.key)?.metric === node.key && (
          <span className={css.kind}>{tree.statistics.get(node.key)?.statistic}</span>
        )}
        {explicit ? <By explicit={explicit} /> : <At node={node} tree={tree} steps={steps} />}
      </>
    ),
    ...(node.kind !== 'group' && {
      actions: (
        <>
          {!isMark(node) && (
            <IconButton label={`Copy the value of ${node.key}`} tabIndex={-1} onClick={() => acts.copy(node)}>
              <Copy aria-hidden />
            </IconButton>
          )}
          {!readOnly && !isDeleted && (
            <IconButton label={`Set ${node.key}`} tabIndex={-1} onClick={() => acts.set(node)}>
              <Pencil aria-hidden />
            </IconButton>
          )}
          {explicit && !readOnly && (
            <IconButton label={`Take back ${node.key}`} tabIndex={-1} onClick={() => acts.clear(node)}>
              <Undo2 aria-hidden />
            </IconButton>
          )}
          <Menu align="end" trigger={<RowMenuButton label={`More for ${node.key}`} />}>
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copyText(node.key)}>
              Copy the key
            </MenuItem>
            {!isMark(node) && (
              <MenuItem
                icon={<Copy aria-hidden />}
                onSelect={() => void copyText(prettyJson({ [node.key]: node.value }))}
              >
                Copy as JSON
              </MenuItem>
            )}
            {!readOnly && (
              <>
                <MenuSeparator />
                {metric !== undefined && (
                  <MenuItem icon={<Sigma aria-hidden />} onSelect={() => acts.define(node)}>
                    Define the metric…
                  </MenuItem>
                )}
                {!isMark(node) && (
                  <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => acts.remove(node)}>
                    Delete
                  </MenuItem>
                )}
              </>
            )}
          </Menu>
        </>
      ),
    }),
  };
}

function RowValue({ node }: { readonly node: TreeNode }) {
  if (node.value === DELETED) return <span className={css.gone}>deleted</span>;
  if (node.value === LEFT_OUT) return <span className={css.gone}>left out by its definition</span>;
  if (node.kind === 'metric') return <span className={css.gone}>{countOf(node.children.length, 'statistic')}</span>;
  return <ValueText value={node.value} />;
}

/** Who wrote a value, and when. */
function By({ explicit }: { readonly explicit: Explicit }) {
  return (
    <span className={css.by}>
      <PenLine aria-hidden />
      <span>
        <span className="visually-hidden">{explicit.deleted ? 'deleted by ' : 'set by '}</span>
        {explicit.user?.name ?? 'somebody who is gone'}, <RelativeTime at={explicit.at} />
      </span>
    </span>
  );
}

function At({ node, tree, steps }: Pick<RowContext, 'node' | 'tree' | 'steps'>) {
  const place = tree.statistics.get(node.key);
  const metric = place && steps.get(place.metric);
  const at = metric && stepOf(metric, place.statistic);
  if (!at) return null;
  return (
    <span className={css.at} title={at.time ?? undefined}>
      step {formatCount(at.step)}
    </span>
  );
}
