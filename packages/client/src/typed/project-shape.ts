import type { FieldCondition, KeyCondition, RunField, Statistic, SummaryCondition } from '../generated/graphql.ts';
import type { LogValue } from '../live-run/log-value.ts';

/**
 * What a project's runs have, as types; `summa codegen` writes one. By key text: `configValues`, `metrics` and `summary`
 * (metrics and values set by hand). Nested, as it is written: `config` and `row`.
 */
export interface ProjectShape {
  readonly config: object;
  readonly configValues: object;
  readonly row: object;
  readonly metrics: object;
  readonly summary: object;
  readonly definitions: object;
}

/** Key text of a project's config. */
export type ConfigKey<Shape extends ProjectShape> = keyof Shape['configValues'] & string;
/** Key text of a metric of a project. */
export type MetricKey<Shape extends ProjectShape> = keyof Shape['metrics'] & string;
/** Key text of a metric of a project, or of a value set by hand. */
export type SummaryKey<Shape extends ProjectShape> = keyof Shape['summary'] & string;

/** `RunFilter` that knows the project's keys. */
export interface ShapeFilter<Shape extends ProjectShape> {
  readonly and?: readonly ShapeFilter<Shape>[];
  readonly or?: readonly ShapeFilter<Shape>[];
  readonly not?: ShapeFilter<Shape>;
  readonly field?: FieldCondition;
  readonly config?: KeyCondition & { readonly key: ConfigKey<Shape> };
  readonly summary?: SummaryCondition & { readonly key: SummaryKey<Shape> };
}

/** `RunOrder` that knows the project's keys. */
export interface ShapeOrder<Shape extends ProjectShape> {
  readonly direction?: 'ASC' | 'DESC';
  readonly field?: RunField;
  readonly config?: ConfigKey<Shape>;
  readonly summary?: { readonly key: SummaryKey<Shape>; readonly statistic?: Statistic };
}

/** A config that a run may be started with: a whole number beyond 2^53 is a bigint. */
export type ShapeConfig<Config> = { readonly [Name in keyof Config]: ConfigInput<Config[Name]> };

type ConfigInput<Value> = Value extends number
  ? Value | bigint
  : Value extends readonly unknown[]
    ? Value
    : Value extends object
      ? string extends keyof Value
        ? Value
        : ShapeConfig<Value>
      : Value;

/** What may be logged where values of this type were: a bigint for a number, a tensor for an object or a list. */
type Loggable<Value> = Value extends number
  ? number | bigint
  : Value extends string | boolean
    ? Value
    : Exclude<LogValue, string | number | bigint | boolean>;

/** The row that may be logged: known names, nested as they are logged, each value of a kind that was logged there. */
export type ShapeRow<Row> = {
  readonly [Name in keyof Row]?: RowValue<Exclude<Row[Name], undefined>> | null | undefined;
};

// Names below a name stand in an object type that codegen wrote; values that are objects are JsonObject, with any name.
type RowValue<Value> = Value extends readonly unknown[]
  ? Loggable<Value>
  : Value extends object
    ? string extends keyof Value
      ? Loggable<Value>
      : ShapeRow<Value>
    : Loggable<Value>;

/** A row as it is when all its names are known; else with a message in place of the type of each that is not. */
export type Logged<Given, Row> = Given extends KnownNames<Given, Row> ? Given : KnownNames<Given, Row>;

type KnownNames<Given, Row> = {
  readonly [Name in keyof Given]: Name extends keyof Row
    ? NestedNames<Given[Name], Exclude<Row[Name], null | undefined>>
    : `no run of this project has logged ${Name & string}: correct it, or log it by untyped(run) and run summa codegen`;
};

type NestedNames<Given, Row> = Given extends readonly unknown[]
  ? Given
  : Given extends object
    ? [TakesAnyName<Row>] extends [never]
      ? KnownNames<Given, Row>
      : Given
    : Given;

type TakesAnyName<Row> = Row extends object ? (string extends keyof Row ? true : never) : never;
