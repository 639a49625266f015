import { SummaError } from '@summa/core/summa-error';
import { expect, it } from 'vitest';
import { ServerError } from '../server-error.ts';
import { errorOf, tellError } from './told-error.ts';

/** An error as it arrives from another thread. */
const toldOf = (error: unknown) => errorOf(structuredClone(tellError(error)));

it('tells of an expected error with its code and its path', () => {
  const told = toldOf(new ServerError('TENSOR_TIMEOUT', 'too long', ['rows', 3]));
  expect(told).toBeInstanceOf(SummaError);
  expect(told).toMatchObject({ code: 'TENSOR_TIMEOUT', message: 'too long', path: ['rows', 3] });
});

it('tells of an error that nobody expected where it happened, and no caller', () => {
  const told = toldOf(new TypeError('x is undefined'));
  expect(told).not.toBeInstanceOf(SummaError);
  expect(told.message).toMatch(/^TypeError: x is undefined\n.*told-error\.test/);
  expect(toldOf('a text').message).toBe('a text');
});
