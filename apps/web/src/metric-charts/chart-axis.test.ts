import { describe, expect, it } from 'vitest';
import { axisName, axisOf, withZoom, zoomOf } from './chart-axis.ts';

const epoch = { isHidden: false, stepMetric: 'epoch' };

describe('axisOf', () => {
  it('is what was chosen, else what the definition says, else steps', () => {
    expect(axisName(axisOf('loss', { x: 'step' }, epoch))).toBe('step');
    expect(axisName(axisOf('loss', {}, epoch))).toBe('over:epoch');
    expect(axisName(axisOf('loss', {}, null))).toBe('step');
    expect(axisName(axisOf('loss', { over: 'samples', x: 'time' }, epoch))).toBe('over:samples');
    expect(axisName(axisOf('loss', { x: 'time' }, null))).toBe('duration');
  });

  it('draws a metric that is the axis of others over steps', () => {
    expect(axisName(axisOf('epoch', { over: 'epoch' }, null))).toBe('step');
  });
});

describe('zoom', () => {
  it('holds for the charts over the axis that was zoomed, and for no others', () => {
    const search = withZoom({ charts: 'loss' }, { kind: 'metric', key: 'epoch' }, { from: 1, to: 2 });
    expect(search).toEqual({ charts: 'loss', from: 1, to: 2, zoomed: 'over:epoch' });
    expect(zoomOf({ kind: 'metric', key: 'epoch' }, search)).toEqual({ from: 1, to: 2 });
    expect(zoomOf({ kind: 'step' }, search)).toBeNull();
  });

  it('is in whole steps, and at least one of them', () => {
    expect(withZoom({}, { kind: 'step' }, { from: 10.4, to: 20.6 })).toEqual({ from: 10, to: 21 });
    expect(withZoom({}, { kind: 'step' }, { from: 10.1, to: 10.2 })).toEqual({ from: 10, to: 11 });
  });

  it('is forgotten for null', () => {
    expect(withZoom({ from: 1, to: 2, zoomed: 'over:x', logY: true }, { kind: 'step' }, null)).toEqual({ logY: true });
  });
});
