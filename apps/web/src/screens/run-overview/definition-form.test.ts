import { describe, expect, it } from 'vitest';
import { definitionBack, formOf, readForm } from './definition-form.ts';

const said = {
  name: 'loss',
  summary: ['min', 'p95'],
  goal: 'MINIMIZE' as const,
  stepMetric: null,
  stepSync: null,
  hidden: null,
};
const empty = formOf('loss');

describe('readForm', () => {
  it('reads statistics in their order, with percentiles behind', () => {
    expect(readForm({ ...empty, statistics: ['max', 'min'], percentiles: 'p5 p95' })).toEqual({
      change: { name: 'loss', summary: ['min', 'max', 'p5', 'p95'], hidden: false, overwrite: true },
    });
  });

  it.each([
    [{ ...empty, name: ' ' }, 'name'],
    [empty, 'statistics'],
    [{ ...empty, percentiles: 'p101' }, 'percentiles'],
    [{ ...empty, percentiles: 'median' }, 'percentiles'],
    [{ ...empty, statistics: ['best'] }, 'goal'],
  ])('says what is wrong: %#', (form, field) => expect(readForm(form)).toMatchObject({ field }));

  it('gives back what a definition said', () => {
    expect(readForm(formOf('loss', said))).toEqual({
      change: { name: 'loss', summary: ['min', 'p95'], goal: 'MINIMIZE', hidden: false, overwrite: true },
    });
  });
});

describe('definitionBack', () => {
  it('says again what was said before, or nothing', () => {
    expect(definitionBack('loss', said)).toEqual({
      name: 'loss',
      summary: ['min', 'p95'],
      goal: 'MINIMIZE',
      overwrite: true,
    });
    expect(definitionBack('loss', undefined)).toEqual({ name: 'loss', overwrite: true });
  });
});
