import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { runRoute } from '../../app/run-route.ts';

/** What of the overview is seen beside everything: filters, groups that were opened or closed, and open details. */
export interface OverviewSearch {
  /** What the summary is searched for. */
  readonly q?: string;
  /** What the config and the metadata are searched for. */
  readonly cq?: string;
  /** `hand`: only what people set or deleted; `all`: metrics too that the summary leaves out. */
  readonly show?: 'hand' | 'all';
  /** Groups that are not as they are by themselves. */
  readonly turned?: readonly string[];
  /** Rows whose details are open. */
  readonly open?: readonly string[];
}

const MOST_LISTED = 200;

export const runOverviewRoute = createRoute({
  getParentRoute: () => runRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): OverviewSearch => {
    const [turned, open] = [textsOf(search.turned), textsOf(search.open)];
    return {
      ...(isText(search.q) && { q: search.q }),
      ...(isText(search.cq) && { cq: search.cq }),
      ...((search.show === 'hand' || search.show === 'all') && { show: search.show }),
      ...(turned && { turned }),
      ...(open && { open }),
    };
  },
  component: lazyRouteComponent(() => import('./run-overview-screen.tsx'), 'RunOverviewScreen'),
});

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function textsOf(value: unknown): readonly string[] | undefined {
  const texts = Array.isArray(value) ? value.filter(isText).slice(-MOST_LISTED) : [];
  return texts.length > 0 ? texts : undefined;
}
