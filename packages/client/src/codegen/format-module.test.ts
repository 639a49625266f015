import { formatKey } from '@summa/core/key/key-path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueKind } from '../generated/graphql.ts';
import { formatModule } from './format-module.ts';
import { type ProjectFacts, toProjectModel } from './project-model.ts';
import { shortDiff } from './short-diff.ts';
import { propertyName, quoted, typeNameOf } from './type-text.ts';

const anyKind = fc.constantFrom<ValueKind>('NUMBER', 'TEXT', 'BOOLEAN', 'LIST', 'OBJECT');
const anyKeys = fc.uniqueArray(
  fc.record({
    path: fc.array(fc.string({ minLength: 1, unit: 'binary' }), { minLength: 1, maxLength: 3 }),
    kinds: fc.uniqueArray(anyKind, { minLength: 1 }),
    runCount: fc.integer({ min: 0, max: 3 }),
    loggedRunCount: fc.integer({ min: 0, max: 1 }),
  }),
  { selector: ({ path }) => formatKey(path), maxLength: 12 },
);
const anyFacts = fc
  .record({ config: anyKeys, summary: anyKeys })
  .map(({ config, summary }) => factsOf(config, summary));

describe('formatModule', () => {
  it('gives the same text whatever the order in which the server names the keys', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const turned = { ...facts, config: facts.config.toReversed(), summary: facts.summary.toReversed() };
        expect(textOf(turned)).toBe(textOf(facts));
      }),
    );
  });

  it('closes every brace, comment and quote that it opens, whatever the keys hold', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const code = textOf(facts)
          .replaceAll(/\/\*\*.*?\*\/|\/\/.*/g, '')
          .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, 'q');
        expect(code).not.toMatch(/['"*\\]/);
        expect(code.split('{').length).toBe(code.split('}').length);
      }),
    );
  });

  it('says how to write it again, with the name where it is not the project’s own', () => {
    const [first] = formatModule(toProjectModel(factsOf([], [])), 'Images').split('\n');
    expect(first).toContain('`summa codegen --project ada/vision --name Images`');
    expect(textOf(factsOf([], []))).toContain('`summa codegen --project ada/vision`');
  });

  it('leaves out keys that no run has any more', () => {
    const gone = { path: ['old'], kinds: ['NUMBER'], runCount: 0, loggedRunCount: 0 } as const;
    expect(textOf(factsOf([gone], [gone]))).not.toContain('old');
  });
});

describe('quoted', () => {
  it('is a literal of exactly the text', () => {
    const evaluate = (literal: string) => new Function(`return ${literal};`)();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => evaluate(quoted(text)) === text));
    expect(evaluate(quoted('\\"\' \u2028 */'))).toBe('\\"\' \u2028 */');
  });
});

describe('propertyName', () => {
  it.each([
    ['loss', 'loss'],
    ['_runtime', '_runtime'],
    ['val/acc', "'val/acc'"],
    ['0', "'0'"],
    ['', "''"],
    ['größe', 'größe'],
  ])('writes %j as %s', (name, written) => {
    expect(propertyName(name)).toBe(written);
  });
});

describe('typeNameOf', () => {
  it.each([
    ['vision', 'Vision'],
    ['image-net_22k', 'ImageNet22k'],
    ['3d.shapes', 'Project3dShapes'],
    ['---', 'Project'],
  ])('names the types of %j %s', (project, name) => {
    expect(typeNameOf(project)).toBe(name);
  });
});

describe('shortDiff', () => {
  it('names the lines that only one text has', () => {
    expect(shortDiff('a\nb\nb\nc', 'a\nb\nd')).toBe('- b\n- c\n+ d');
  });

  it('stops after twenty lines and tells how many more there are', () => {
    const lines = Array.from({ length: 23 }, (_, i) => `line ${i}`).join('\n');
    expect(shortDiff(lines, '').split('\n').at(-1)).toBe('… and 4 more lines');
  });

  it('says when only the order differs', () => {
    expect(shortDiff('a\nb', 'b\na')).toBe('(the same lines in another order)');
  });
});

interface Known {
  readonly path: readonly string[];
  readonly kinds: readonly ValueKind[];
  readonly runCount: number;
  readonly loggedRunCount: number;
}

function factsOf(config: readonly Known[], summary: readonly Known[]): ProjectFacts {
  const keysOf = (keys: readonly Known[]) =>
    keys.map(({ path, kinds, ...known }) => ({ ...known, key: formatKey(path), path: [...path], kinds: [...kinds] }));
  return {
    path: 'ada/vision',
    runCount: 3,
    config: keysOf(config),
    summary: keysOf(summary),
    definitions: [],
  };
}

function textOf(facts: ProjectFacts): string {
  return formatModule(toProjectModel(facts), 'Vision');
}
