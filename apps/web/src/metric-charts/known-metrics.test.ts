import { expect, it } from 'vitest';
import { chartedMetrics, hasDefinedAxes, knownMetrics } from './known-metrics.ts';

const define = (name: string, more = {}) => ({
  name,
  hidden: null,
  stepMetric: null,
  stepSync: null,
  overwrite: false,
  ...more,
});

it('takes what the newest run says of a metric, globs too', () => {
  const older = [define('val/*', { stepMetric: 'epoch' }), define('loss', { hidden: true })];
  const newer = [define('loss', { stepMetric: 'samples' })];
  const knownOf = knownMetrics([newer, older, older]);
  expect(knownOf('loss')).toMatchObject({ isHidden: false, stepMetric: 'samples' });
  expect(knownOf('val/acc')).toMatchObject({ stepMetric: 'epoch' });
  expect(knownOf('other')).toBeNull();
  expect([hasDefinedAxes([newer]), hasDefinedAxes([[define('a')]])]).toEqual([true, false]);
});

it('charts what was logged, without hidden metrics and those of the client', () => {
  const metrics = ['loss', 'secret', '_runtime', 'only-in-summary'].map((key) => ({ key }));
  const knownOf = knownMetrics([[define('secret', { hidden: true })]]);
  expect(chartedMetrics(metrics, new Set(['loss', 'secret', '_runtime']), knownOf)).toEqual([{ key: 'loss' }]);
  expect(chartedMetrics(metrics, null, knownOf)).toEqual([{ key: 'loss' }, { key: 'only-in-summary' }]);
});
