import fc from 'fast-check';
import type { JsonValue } from '../../json/json-value.ts';
import type { RunField } from '../run-target.ts';
import type { RunView } from '../run-view.ts';

/** What a made-up run holds; whatever is left out is missing. */
export interface RunContent {
  readonly id?: string;
  readonly fields?: { readonly [name in RunField]?: JsonValue };
  readonly config?: { readonly [key: string]: JsonValue };
  /** By key and statistic, such as `loss MIN`. */
  readonly summary?: { readonly [keyAndStatistic: string]: JsonValue };
}

export function runOf({ id = 'run', fields = {}, config = {}, summary = {} }: RunContent): RunView {
  return {
    id,
    field: (name) => fields[name],
    config: (key) => config[key],
    summary: (key, statistic) => summary[`${key} ${statistic}`],
  };
}

/** A run with values of every type, often equal to another's, under the config keys `a` and `b`. */
export const anyRun: fc.Arbitrary<RunView> = fc
  .record(
    {
      a: anyConfigValue(),
      b: anyConfigValue(),
    },
    { requiredKeys: [] },
  )
  .chain((config) => fc.uuid().map((id) => runOf({ id, config })));

function anyConfigValue(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    fc.constantFrom(
      0,
      -0,
      1,
      2,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2n ** 60n,
      'a',
      'b',
      '\ue000',
      '\u{10000}',
      true,
      false,
    ),
    fc.constantFrom(null, [], ['a'], { a: 1 }),
    fc.double(),
    fc.string({ unit: 'binary', maxLength: 2 }),
  );
}
