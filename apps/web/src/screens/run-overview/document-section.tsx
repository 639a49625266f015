import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import { prettyJson } from '../../format/pretty-json.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton, copyText } from '../../ui/copy.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast-store.ts';
import { LongValue } from './long-value.tsx';
import { RowMenuButton } from './row-menu-button.tsx';
import { configWith, configWithout, type RunChange } from './run-change.ts';
import css from './run-overview.module.css';
import { Section } from './section.tsx';
import { SetValueDialog } from './set-value-dialog.tsx';
import { type RowParts, TreeGrid } from './tree-grid.tsx';
import { useOverviewSearch } from './use-overview-search.ts';
import { oneLine } from './value-form.ts';
import { ValueText } from './value-text.tsx';
import { searchTree, type TreeNode, treeRows, valueTree } from './value-tree.ts';

export interface DocumentSectionProps {
  readonly title: 'Config' | 'Metadata';
  readonly document: JsonObject;
  /** What is said when there is nothing in it. */
  readonly empty: string;
  /** Saves a change of the config; absent where nothing may be changed. */
  readonly onChange?: ((change: RunChange, done: string) => Promise<void>) | undefined;
}

/** A document of a run as a tree to be searched and copied; the config can be changed too. */
export function DocumentSection({ title, document, empty, onChange }: DocumentSectionProps) {
  const { search, turned, open, change, turn, toggleDetail } = useOverviewSearch();
  // Rows of the two documents and of the summary may have equal keys.
  const mark = `${title}:`;
  const sought = title === 'Config' ? (search.cq ?? '') : '';
  const nodes = useMemo(() => marked(valueTree(document), mark), [document, mark]);
  const rows = treeRows(searchTree(nodes, sought), { turned, allOpen: sought !== '' });
  const [edited, setEdited] = useState<TreeNode | null>();
  const total = nodes.reduce((sum, node) => sum + node.leafCount, 0);
  const remove = (node: TreeNode) =>
    onChange?.(configWithout(document, node.key), `${node.key} was deleted.`).catch((error: unknown) =>
      toast({ text: `Nothing was changed: ${failureText(error)}` }),
    );
  const parts = (node: TreeNode): RowParts => ({
    value: <ValueText value={node.value} />,
    ...(node.kind !== 'group' && {
      actions: (
        <>
          <IconButton
            label={`Copy the value of ${node.key}`}
            tabIndex={-1}
            onClick={() => void copyText(plain(node.value))}
          >
            <Copy aria-hidden />
          </IconButton>
          {onChange && (
            <IconButton label={`Set ${node.key}`} tabIndex={-1} onClick={() => setEdited(node)}>
              <Pencil aria-hidden />
            </IconButton>
          )}
          <Menu align="end" trigger={<RowMenuButton label={`More for ${node.key}`} />}>
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copyText(node.key)}>
              Copy the key
            </MenuItem>
            {onChange && (
              <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => void remove(node)}>
                Delete
              </MenuItem>
            )}
          </Menu>
        </>
      ),
    }),
  });
  return (
    <Section
      title={title}
      {...(total > 0 && { count: total })}
      tools={
        <>
          {title === 'Config' && total > 0 && (
            <SearchInput
              className={css.search}
              label="Search the config"
              value={search.cq ?? ''}
              onChange={(cq) => change({ cq })}
            />
          )}
          {total > 0 && <CopyButton text={prettyJson(document)} label={`Copy the ${title.toLowerCase()} as JSON`} />}
          {onChange && <Button onClick={() => setEdited(null)}>Add a value</Button>}
        </>
      }
    >
      {total === 0 ? (
        <p className={css.nothing}>{empty}</p>
      ) : rows.length === 0 ? (
        <EmptyState
          title="No value is like that"
          actions={<Button onClick={() => change({ cq: undefined })}>Show all values</Button>}
        />
      ) : (
        <TreeGrid
          label={title}
          rows={rows}
          openDetails={open}
          parts={parts}
          onTurn={(node) => turn(node.id)}
          onDetail={(node) => toggleDetail(node.id)}
          hasDetail={(node) => isLong(node.value)}
          detail={(node) => <LongValue value={node.value} label={`Copy ${node.key}`} />}
        />
      )}
      {edited !== undefined && onChange && (
        <SetValueDialog
          title={edited === null ? 'Add a value to the config' : `Set ${oneLine(edited.key, 60)}`}
          description="The config says what the run was started with; a change here changes what it says."
          at={edited?.key ?? null}
          value={edited?.value}
          onSave={(key, value) => onChange(configWith(document, key, value), `${key} was set.`)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Section>
  );
}

function marked(nodes: readonly TreeNode[], mark: string): readonly TreeNode[] {
  return nodes.map((node) => ({ ...node, id: `${mark}${node.id}`, children: marked(node.children, mark) }));
}

const SHORT = 40;

function isLong(value: JsonValue): boolean {
  return typeof value === 'string' ? value.length > SHORT : typeof value === 'object' && value !== null;
}

function plain(value: JsonValue): string {
  return typeof value === 'string' ? value : prettyJson(value);
}
