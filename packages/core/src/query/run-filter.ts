import type { Pattern } from '../pattern/pattern.ts';
import type { RunTarget } from './run-target.ts';

/**
 * Which runs are meant: a tree of `and`, `or` and `not` over conditions. Made by `parseFilter`; `matchesFilter` defines
 * what it means, and SQL made from it must agree:
 *
 * - Logic is two-valued. An empty `and` holds for every run, an empty `or` for none; `not` turns true and false around.
 * - A condition looks at one value of the run. null, and an empty list of tags, are no value (`exists: false`).
 * - A comparison (all but `exists`) holds only where the run has a value of the operand's type that is not NaN. So
 *   `ne` and `notIn` are false for a run without the value, as `eq` is; `{ not: { … eq } }` is true for it.
 * - Types are number, text, boolean. Numbers compare as float64 (a bigint is its nearest one; -0 = 0; ±Infinity have
 *   their place at the ends). NaN compares with nothing. Text compares by code point, which is `COLLATE "C"` over UTF-8:
 *   case and accents matter. Booleans are only equal or not. Lists and objects, but for TAGS, only exist.
 * - `contains` on text: the operand is a part of it; on TAGS: it is one of them. `startsWith`: text begins with it. The
 *   empty text is a part of every text. `matches`: the pattern matches somewhere in it, or in one of the TAGS.
 * - Times are numbers: seconds since 1970.
 */
export type RunFilter =
  | { readonly and: readonly RunFilter[] }
  | { readonly or: readonly RunFilter[] }
  | { readonly not: RunFilter }
  | Condition;

/** One comparison of one value of a run. */
export type Condition = { readonly target: RunTarget } & (
  | { readonly operator: 'eq' | 'ne'; readonly operand: string | number | boolean }
  | { readonly operator: 'lt' | 'le' | 'gt' | 'ge'; readonly operand: string | number }
  | { readonly operator: 'in' | 'notIn'; readonly operand: OperandList }
  | { readonly operator: 'contains' | 'startsWith'; readonly operand: string }
  | { readonly operator: 'matches'; readonly operand: Pattern }
  | { readonly operator: 'exists'; readonly operand: boolean }
);

/** At least one value, all of one type, none of them NaN. */
export type OperandList = readonly string[] | readonly number[] | readonly boolean[];

/** The name of a comparison, as it stands in the input. */
export type FilterOperator = Condition['operator'];
