import { describe, expect, it } from 'vitest';
import { configWith, configWithout, undoOfRun } from './run-change.ts';

const config = { opt: { lr: 1, name: 'adam' }, seed: 3 };

describe('changes of the config', () => {
  it('send a top-level key as a whole', () => {
    expect(configWith(config, 'opt.lr', 2)).toEqual({ config: { opt: { lr: 2, name: 'adam' } } });
    expect(configWith(config, 'new.key', true)).toEqual({ config: { new: { key: true } } });
  });

  it('delete a top-level key when nothing is left of it', () => {
    expect(configWithout(config, 'opt.lr')).toEqual({ config: { opt: { name: 'adam' } } });
    expect(configWithout(config, 'seed')).toEqual({ configDelete: ['seed'] });
  });
});

describe('undoOfRun', () => {
  const before = { displayName: 'a', tags: ['x'], notes: '', group: null, jobType: null, config };

  it('says again what was said before, of what was changed only', () => {
    expect(undoOfRun(before, { displayName: 'b', group: 'g' })).toEqual({ displayName: 'a', group: null });
  });

  it('brings back config values, and takes new ones out', () => {
    expect(undoOfRun(before, { config: { seed: 4, more: 1 } })).toEqual({
      config: { seed: 3 },
      configDelete: ['more'],
    });
    expect(undoOfRun(before, { configDelete: ['seed'] })).toEqual({ config: { seed: 3 } });
  });
});
