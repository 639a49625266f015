import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { apiQuery } from '../../api/query.ts';
import { CompareFindDocument } from '../../generated/graphql.ts';
import { RunStateDot } from '../../runs/run-state.tsx';
import { SearchInput } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './compare-screen.module.css';
import { MOST_COMPARED } from './compare-search.ts';
import { useCompareSearch } from './use-compare.ts';

export interface AddRunProps {
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
}

/** Finds runs of the project and puts those that are chosen beside the others. It stays open for the next one. */
export function AddRun({ trigger, align = 'end' }: AddRunProps) {
  return (
    <Popover label="Add runs" trigger={trigger} align={align}>
      <Finder />
    </Popover>
  );
}

function Finder() {
  const { project, search, change } = useCompareSearch();
  const { runs: names = [] } = search;
  const [text, setText] = useState('');
  const sought = useDeferredValue(text);
  const options = apiQuery(
    ['project', project.entity, project.project, 'compare-find', sought, names],
    CompareFindDocument,
    { ...project, text: sought, names: [...names] },
  );
  const { data } = useQuery({ ...options, placeholderData: keepPreviousData });
  const found = data?.project?.runs.nodes.filter(({ name }) => !names.includes(name));
  const isFull = names.length >= MOST_COMPARED;
  return (
    <div className={css.finder}>
      <SearchInput label="Find runs" value={text} onChange={setText} autoFocus />
      {isFull && <p className={css.hint}>{MOST_COMPARED} runs are the most that can be compared.</p>}
      {found === undefined && <Skeleton lines={4} height={16} />}
      {found?.length === 0 && (
        <p className={css.hint}>{text === '' ? 'There are no other runs.' : `No other run is called “${text}”.`}</p>
      )}
      {!isFull && found !== undefined && found.length > 0 && (
        <ul className={css.found}>
          {found.map((run) => (
            <li key={run.id}>
              <button
                type="button"
                className={css.foundRun}
                title={run.displayName}
                onClick={() => change({ runs: [...names, run.name] })}
              >
                <span className={css.foundName}>{run.displayName}</span>
                <RunStateDot state={run.state} compact />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
