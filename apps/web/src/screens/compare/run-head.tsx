import { Link } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight, ChevronDown, ChevronsLeft, X } from 'lucide-react';
import type { RunLook } from '../../runs/run-colour.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast-store.ts';
import type { ComparedRun } from './compare-rows.ts';
import css from './compare-screen.module.css';
import { moveItem } from './move-item.ts';
import { useCompareSearch } from './use-compare.ts';

export interface RunHeadProps {
  readonly run: ComparedRun;
  readonly column: number;
  readonly look: RunLook;
}

/** The head of a run's column: its colour, its name, and what can be done with the column. */
export function RunHead({ run, column, look }: RunHeadProps) {
  const { project, search, change } = useCompareSearch();
  const { runs: names = [] } = search;
  const at = names.indexOf(run.name);
  const move = (to: number) => change({ runs: moveItem(names, at, to) });
  const remove = () => {
    change({ runs: names.filter((name) => name !== run.name) });
    toast({ text: `${run.displayName} is no longer compared.`, undo: () => change({ runs: names }) });
  };
  return (
    <th scope="col" className={css.head}>
      <span className={css.headLine}>
        <span className={css.swatch} style={{ background: look.colour }} />
        <Link
          to="/$entity/$project/runs/$run"
          params={{ ...project, run: run.name }}
          className={css.runName}
          title={run.displayName}
        >
          {run.displayName}
        </Link>
        <RunStateDot state={run.state} compact />
        <Menu
          align="end"
          trigger={
            <Button look="quiet" className={css.headMenu ?? ''} aria-label={`Column of ${run.displayName}`}>
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          <MenuItem icon={<ChevronsLeft aria-hidden />} disabled={column === 0} onSelect={() => move(0)}>
            Make it the first
          </MenuItem>
          <MenuItem icon={<ArrowLeft aria-hidden />} disabled={column === 0} onSelect={() => move(at - 1)}>
            Move left
          </MenuItem>
          <MenuItem icon={<ArrowRight aria-hidden />} disabled={at === names.length - 1} onSelect={() => move(at + 1)}>
            Move right
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<X aria-hidden />} onSelect={remove}>
            Remove
          </MenuItem>
        </Menu>
      </span>
    </th>
  );
}
