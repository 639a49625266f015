import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { usePageTitle } from '../../app/page-title.ts';
import { QueryPart } from '../../app/query-part.tsx';
import type { RunName, RunPulse } from '../../live/pulse.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DocumentSection } from './document-section.tsx';
import { FactsColumn } from './facts-column.tsx';
import css from './run-overview.module.css';
import { SummarySection } from './summary-section.tsx';
import type { OverviewRun } from './summary-tree.ts';
import { useEdits } from './use-edits.ts';
import { useOverview } from './use-overview.ts';

const route = getRouteApi('/$entity/$project/runs/$run/');

/** The facts of a run beside its summary, definitions, config and metadata. */
export function RunOverviewScreen() {
  const name = route.useParams();
  const { query, pulse } = useOverview(name);
  usePageTitle(query.data?.displayName ?? name.run, name.project);
  return (
    <div className={css.page}>
      <QueryPart query={query} pending={<Pending />}>
        {(run) => <Overview key={run.id} name={name} run={run} pulse={pulse} />}
      </QueryPart>
    </div>
  );
}

interface OverviewProps {
  readonly name: RunName;
  readonly run: OverviewRun;
  readonly pulse: RunPulse | undefined;
}

function Overview({ name, run, pulse }: OverviewProps) {
  const edits = useEdits(name);
  const config = useMemo(() => objectOf(run.config), [run.config]);
  const metadata = useMemo(() => objectOf(run.metadata), [run.metadata]);
  return (
    <div className={css.columns}>
      <FactsColumn name={name} run={run} pulse={pulse} />
      <div className={css.documents}>
        <div className={css.part}>
          <SummarySection name={name} run={run} isRunning={(pulse?.state ?? run.state) === 'RUNNING'} />
        </div>
        <div className={css.part}>
          <DocumentSection
            title="Config"
            document={config}
            empty="The run was started without a config."
            onChange={run.readOnly ? undefined : (change, done) => edits.run(change, { done })}
          />
          <DocumentSection title="Metadata" document={metadata} empty="The client of the run sent no metadata." />
        </div>
      </div>
    </div>
  );
}

function objectOf(document: OverviewRun['config']): JsonObject {
  const read = fromWire(document);
  return isJsonObject(read) ? read : {};
}

function Pending() {
  return (
    <div className={css.columns}>
      <div className={css.facts}>
        <Skeleton lines={9} height={16} />
      </div>
      <div className={css.documents}>
        <Skeleton lines={14} height={20} />
      </div>
    </div>
  );
}
