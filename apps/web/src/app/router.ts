import { createRouter, defaultStringifySearch } from '@tanstack/react-router';
import { compareRoute } from '../screens/compare/route.ts';
import { entityRoute } from '../screens/entity/route.ts';
import { homeRoute } from '../screens/home/route.ts';
import { projectSettingsRoute } from '../screens/project-settings/route.ts';
import { runChartsRoute } from '../screens/run-charts/route.ts';
import { runFilesRoute } from '../screens/run-files/route.ts';
import { runLogsRoute } from '../screens/run-logs/route.ts';
import { runOverviewRoute } from '../screens/run-overview/route.ts';
import { runSystemRoute } from '../screens/run-system/route.ts';
import { runsRoute } from '../screens/runs/route.ts';
import { settingsRoute } from '../screens/settings/route.ts';
import { signInRoute } from '../screens/sign-in/route.ts';
import { workspaceRoute } from '../screens/workspace/route.ts';
import { projectRoute } from './project-route.ts';
import { rootRoute } from './root-route.tsx';
import { runRoute } from './run-route.ts';
import { NoSuchPage, PendingScreen, ScreenFailure } from './screen-failure.tsx';

const routeTree = rootRoute.addChildren([
  signInRoute,
  homeRoute,
  settingsRoute,
  entityRoute,
  projectRoute.addChildren([
    workspaceRoute,
    runsRoute,
    compareRoute,
    projectSettingsRoute,
    runRoute.addChildren([runOverviewRoute, runChartsRoute, runLogsRoute, runFilesRoute, runSystemRoute]),
  ]),
]);

// Signs that may stand in a query as they are; addresses are read by people too.
const READABLE = /%(?:2C|2F|3A|40|21|2A|28|29|7E)/g;

/** Every page of the app. Back comes back to where one was, and a screen is loaded when its link is pointed at. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: PendingScreen,
  defaultPendingMs: 150,
  defaultErrorComponent: ScreenFailure,
  defaultNotFoundComponent: NoSuchPage,
  scrollRestoration: true,
  stringifySearch: (search) => defaultStringifySearch(search).replace(READABLE, decodeURIComponent),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
