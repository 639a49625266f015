import { fromWire } from '@summa/core/json/wire-json';
import { useQuery } from '@tanstack/react-query';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { countOf } from '../../format/format-number.ts';
import { SummaryChangesDocument } from '../../generated/graphql.ts';
import type { RunName } from '../../live/pulse.ts';
import { KeyText } from '../../ui/key-text.tsx';
import { Missing } from '../../ui/number-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { type Change, changesOf } from './changes-of.ts';
import css from './run-overview.module.css';
import { oneLine } from './value-form.ts';

export interface ChangesProps {
  readonly name: RunName;
  /** Only changes of this key, of keys below it and above it; all of them unless given. */
  readonly at?: string;
  /** The revision of the summary that is shown: another one is asked for anew. */
  readonly revision: number;
}

/** What was changed by hand: from what to what, why, by whom and when, the newest first. */
export function Changes({ name, at, revision }: ChangesProps) {
  const { entity, project, run } = name;
  const options = apiQuery(['run', entity, project, run, 'changes', revision], SummaryChangesDocument, { ...name });
  const query = useQuery({
    ...options,
    select: (data) => found(data.run, `run "${run}"`).summary.revisions,
    placeholderData: (before) => before,
  });
  return (
    <QueryPart query={query} pending={<Skeleton lines={3} height={16} />}>
      {({ nodes, totalCount }) => {
        const shown = at === undefined ? nodes : changesOf(nodes, at);
        return (
          <>
            {shown.length === 0 ? (
              <p className={css.note}>Nobody has changed {at === undefined ? 'this summary' : 'it'} by hand.</p>
            ) : (
              <ol className={css.changes} aria-label="Changes by hand">
                {shown.map((change) => (
                  <li key={`${change.revision} ${change.key}`}>
                    <ChangeLine change={change} showsKey={at !== change.key} />
                  </li>
                ))}
              </ol>
            )}
            {totalCount > nodes.length && (
              <p className={css.note}>
                These are among the newest {nodes.length} of {countOf(totalCount, 'change')}.
              </p>
            )}
          </>
        );
      }}
    </QueryPart>
  );
}

const CAUSES = { SET: 'set by', DELETE: 'deleted by', CLEAR: 'taken back by', LOG: 'logged again' } as const;

function ChangeLine({ change, showsKey }: { readonly change: Change; readonly showsKey: boolean }) {
  return (
    <>
      {showsKey && <KeyText name={change.key} />}
      <span className={css.fromTo}>
        <Side exists={change.beforeExists} value={change.before} />
        <span aria-hidden="true">→</span>
        <span className="visually-hidden">became</span>
        <Side exists={change.afterExists} value={change.after} />
      </span>
      <span className={css.note}>
        {CAUSES[change.cause]} {change.cause === 'LOG' ? '' : (change.user?.name ?? 'somebody who is gone')},{' '}
        <RelativeTime at={change.at} />
      </span>
    </>
  );
}

function Side({ exists, value }: { readonly exists: boolean; readonly value: Change['before'] }) {
  if (!exists || value === undefined) return <Missing />;
  const text = oneLine(fromWire(value), 60);
  return <code title={text}>{text}</code>;
}
