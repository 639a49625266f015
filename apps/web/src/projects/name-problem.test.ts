import { expect, it } from 'vitest';
import { nameProblem } from './name-problem.ts';

it.each([
  ['digits', undefined],
  ['a_1.b-C', undefined],
  ['', 'Give it a name first.'],
  ['my project', 'A name has no spaces; use “-” instead.'],
  ['a/b', 'A name cannot have “/” in it.'],
  ['Zürich', 'A name cannot have “ü” in it.'],
  ['x'.repeat(129), 'A name has at most 128 characters.'],
])('of %s says %s', (name, problem) => expect(nameProblem(name)).toBe(problem));
