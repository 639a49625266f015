import { describe, expect, it } from 'vitest';
import { parseRunOrder } from './parse-run-order.ts';

describe('the order of api.runs', () => {
  const createdAt = { section: 'field', field: 'CREATED_AT' };

  it.each([
    ['+created_at', [{ target: createdAt, direction: 'ASC' }]],
    ['createdAt', [{ target: createdAt, direction: 'ASC' }]],
    ['-heartbeat_at', [{ target: { section: 'field', field: 'HEARTBEAT_AT' }, direction: 'DESC' }]],
    ['-summary_metrics.loss', [{ target: { section: 'summary', key: 'loss', statistic: 'VALUE' }, direction: 'DESC' }]],
    [
      '+config.lr.value',
      ['lr', 'lr.value', 'lr\\.value'].map((key) => ({ target: { section: 'config', key }, direction: 'ASC' })),
    ],
    [
      'summary_metrics.loss.min',
      [
        { target: { section: 'summary', key: 'loss.min', statistic: 'VALUE' }, direction: 'ASC' },
        { target: { section: 'summary', key: 'loss\\.min', statistic: 'VALUE' }, direction: 'ASC' },
        { target: { section: 'summary', key: 'loss', statistic: 'MIN' }, direction: 'ASC' },
      ],
    ],
    ['', null],
    [null, null],
  ])('%s', (text, order) => {
    expect(parseRunOrder(text)).toEqual(order);
  });

  it.each([
    ['state', 'STATE'],
    ['-display_name', 'DISPLAY_NAME'],
    ['+displayName', 'DISPLAY_NAME'],
    ['name', 'NAME'],
    ['heartbeatAt', 'HEARTBEAT_AT'],
    ['updated_at', 'HEARTBEAT_AT'],
    ['jobType', 'JOB_TYPE'],
    ['job_type', 'JOB_TYPE'],
    ['group', 'GROUP'],
    ['username', 'USER'],
    ['summary_metrics._step', 'LAST_STEP'],
  ])('takes %s as the field %s', (text, field) => {
    expect(parseRunOrder(text)).toMatchObject([{ target: { section: 'field', field } }]);
  });

  it('knows how long runs took', () => {
    expect(parseRunOrder('-duration')).toMatchObject([{ target: { section: 'summary', key: '_runtime' } }]);
  });

  it('refuses tags, of which a run may have several', () => {
    expect(() => parseRunOrder('tags')).toThrow('cannot be ordered by their tags');
  });

  it('refuses a name that stands for nothing', () => {
    expect(() => parseRunOrder('-colour')).toThrow('"colour"');
  });
});
