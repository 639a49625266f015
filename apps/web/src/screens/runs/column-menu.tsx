import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  Filter,
  FoldHorizontal,
  Group,
  Pin,
  PinOff,
  UnfoldHorizontal,
} from 'lucide-react';
import { MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import { columnTarget, isGroupable, isSortable, STATISTICS } from './column.ts';
import type { Best, ShownColumn } from './runs-view.ts';
import type { ColumnActions } from './use-column-actions.ts';

const STEP = 40;
const BESTS: readonly (readonly [Best | 'auto', string])[] = [
  ['auto', 'As the goal says'],
  ['low', 'Lowest'],
  ['high', 'Highest'],
  ['none', 'Nothing'],
];

export interface ColumnMenuProps {
  readonly shown: ShownColumn;
  readonly width: number;
  readonly direction: 'ASC' | 'DESC' | undefined;
  readonly actions: ColumnActions;
}

/** What one can do with a column. */
export function ColumnMenu({ shown, width, direction, actions }: ColumnMenuProps) {
  const { id, column, pinned } = shown;
  const isName = id === '@name';
  return (
    <>
      {isSortable(column) && (
        <>
          <MenuItem icon={<ArrowUp aria-hidden />} onSelect={() => actions.sortBy({ column, direction: 'ASC' })}>
            Sort ascending
          </MenuItem>
          <MenuItem icon={<ArrowDown aria-hidden />} onSelect={() => actions.sortBy({ column, direction: 'DESC' })}>
            Sort descending
          </MenuItem>
          <MenuItem icon={<ArrowDown aria-hidden />} onSelect={() => actions.sort(column, true)}>
            {direction === undefined ? 'Add to the order' : 'Turn around in the order'}
          </MenuItem>
          <MenuSeparator />
        </>
      )}
      {columnTarget(column) !== null && (
        <MenuItem icon={<Filter aria-hidden />} onSelect={() => actions.filterBy(column)}>
          Filter by this column
        </MenuItem>
      )}
      {isGroupable(column) && (
        <MenuItem icon={<Group aria-hidden />} onSelect={() => actions.groupBy(column)}>
          Group by this column
        </MenuItem>
      )}
      <MenuItem
        icon={pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        disabled={isName}
        onSelect={() => actions.change(id, { pinned: !pinned })}
      >
        {pinned ? 'Unpin' : 'Pin to the left'}
      </MenuItem>
      <MenuItem icon={<ArrowLeft aria-hidden />} onSelect={() => actions.shift(id, -1)}>
        Move left
      </MenuItem>
      <MenuItem icon={<ArrowRight aria-hidden />} onSelect={() => actions.shift(id, 1)}>
        Move right
      </MenuItem>
      <MenuItem icon={<UnfoldHorizontal aria-hidden />} onSelect={() => actions.resize(id, width + STEP)}>
        Wider
      </MenuItem>
      <MenuItem icon={<FoldHorizontal aria-hidden />} onSelect={() => actions.resize(id, width - STEP)}>
        Narrower
      </MenuItem>
      <MenuItem icon={<EyeOff aria-hidden />} disabled={isName} onSelect={() => actions.hide(id)}>
        Hide
      </MenuItem>
      {column.kind === 'summary' && (
        <>
          <MenuSeparator />
          <MenuLabel>Statistic</MenuLabel>
          <MenuChoice
            value={column.statistic}
            options={STATISTICS}
            onChange={(statistic) => actions.replace(id, { ...column, statistic })}
          />
        </>
      )}
      {column.kind === 'summary' && (
        <>
          <MenuSeparator />
          <MenuLabel>Mark as best</MenuLabel>
          <MenuChoice
            value={shown.best ?? 'auto'}
            options={BESTS}
            onChange={(best) => actions.change(id, { best: best === 'auto' ? undefined : best })}
          />
        </>
      )}
    </>
  );
}
