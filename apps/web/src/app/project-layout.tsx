import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { countOf, formatCount } from '../format/format-number.ts';
import { useProjectPulse } from '../live/pulse.ts';
import { StateDot } from '../ui/badge.tsx';
import { TabBar, tabClass } from '../ui/tabs.tsx';
import css from './frame.module.css';
import { FailureState } from './screen-failure.tsx';

const route = getRouteApi('/$entity/$project');

/** The tabs of a project with its counts, and the screen below; a project that is not there is said once, here. */
export function ProjectLayout() {
  const params = route.useParams();
  const { data, error, refetch } = useProjectPulse(params);
  if (error && !data) {
    return (
      <div className={css.main}>
        <FailureState page error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <>
      <div className={css.tabs}>
        <TabBar label="Project">
          <Link
            to="/$entity/$project"
            params={params}
            className={tabClass}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            Workspace
          </Link>
          <Link
            to="/$entity/$project/runs"
            params={params}
            className={tabClass}
            activeOptions={{ includeSearch: false }}
          >
            Runs
          </Link>
          <Link
            to="/$entity/$project/compare"
            params={params}
            className={tabClass}
            activeOptions={{ includeSearch: false }}
          >
            Compare
          </Link>
          <Link to="/$entity/$project/settings" params={params} className={tabClass}>
            Settings
          </Link>
        </TabBar>
        {data && <Counts runs={data.runCount} running={data.runningCount} />}
      </div>
      <Outlet />
    </>
  );
}

function Counts({ runs, running }: { readonly runs: number; readonly running: number }) {
  return (
    <div className={css.counts}>
      <span>{countOf(runs, 'run')}</span>
      {running > 0 && <StateDot tone="live" word={`${formatCount(running)} live`} />}
    </div>
  );
}
