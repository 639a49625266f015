import { expect, it } from 'vitest';
import { placer } from './draw-lines.ts';

it('places values between the ends of the canvas, upwards too', () => {
  const toY = placer({ from: 10, to: 20 }, false, 200, -100);
  expect([10, 15, 20].map(toY)).toEqual([200, 150, 100]);
});

it('places values by their logarithm, and what is not positive nowhere', () => {
  const toX = placer({ from: 1, to: 100 }, true, 50, 200);
  expect([1, 10, 100].map((value) => Math.round(toX(value)))).toEqual([50, 150, 250]);
  expect(toX(0)).toBeNaN();
});
