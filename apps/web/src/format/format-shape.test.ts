import { expect, it } from 'vitest';
import { formatShape } from './format-shape.ts';

it.each([
  [[1000], '1000'],
  [[50_000, 3], '50000 × 3'],
  [[], ''],
])('the shape %j is written so that no length looks like two', (shape, text) => expect(formatShape(shape)).toBe(text));
