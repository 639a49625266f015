import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { useRunPulse } from '../live/pulse.ts';
import { RunMenu } from '../runs/run-menu.tsx';
import { RunStateDot } from '../runs/run-state.tsx';
import { TabBar, tabClass } from '../ui/tabs.tsx';
import { Duration, RelativeTime } from '../ui/time.tsx';
import css from './frame.module.css';
import { FailureState } from './screen-failure.tsx';

const route = getRouteApi('/$entity/$project/runs/$run');

/** A run's name and state with its tabs, and the screen below; a run that is not there is said once, here. */
export function RunLayout() {
  const params = route.useParams();
  const { data: run, error, refetch } = useRunPulse(params);
  if (error && !run) {
    return (
      <div className={css.main}>
        <FailureState page error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <>
      <div className={css.runHead}>
        <h1 className={css.runName}>{run?.displayName ?? params.run}</h1>
        {run && (
          <div className={css.runFacts}>
            <RunStateDot state={run.state} />
            <span>
              <Duration from={run.startedAt} to={run.finishedAt} />
            </span>
            <span>
              {run.state === 'RUNNING' ? 'last heard of ' : 'started '}
              <RelativeTime at={run.state === 'RUNNING' ? run.heartbeatAt : run.startedAt} />
            </span>
          </div>
        )}
        {run && (
          <div className={css.runMenu}>
            <RunMenu name={params} run={run} />
          </div>
        )}
      </div>
      <div className={css.runTabs}>
        <TabBar label="Run">
          <Link
            to="/$entity/$project/runs/$run"
            params={params}
            className={tabClass}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            Overview
          </Link>
          <Link to="/$entity/$project/runs/$run/charts" params={params} className={tabClass}>
            Charts
          </Link>
          <Link to="/$entity/$project/runs/$run/logs" params={params} className={tabClass}>
            Logs
          </Link>
          <Link to="/$entity/$project/runs/$run/files" params={params} className={tabClass}>
            Files
          </Link>
          <Link to="/$entity/$project/runs/$run/system" params={params} className={tabClass}>
            System
          </Link>
        </TabBar>
      </div>
      <Outlet />
    </>
  );
}
