/** What JSON.parse gives. A number beyond 2^53 is rounded by it; the strings "NaN", "Infinity" and "-Infinity" may stand for numbers. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** How GraphQL writes the numbers that JSON lacks. */
export type NonFiniteText = 'NaN' | 'Infinity' | '-Infinity';

/** The scalar `Double` as it travels: `Number(value)` reads it. */
export type Double = number | NonFiniteText;

/** The scalar `Step`: a whole number from 0 to 2^53-1. */
export type Step = number;

/** The scalar `Count`: a whole number from 0 to 2^53-1. */
export type Count = number;

/** The scalar `DateTime`: ISO 8601 in UTC, with milliseconds. */
export type DateTime = string;

/** The scalar `JSON`. */
export type { JsonValue as JSON };

/** The scalar `LogRow`, which only goes to the server: `timestamp` is seconds since 1970, or ISO 8601 text. */
export interface LogRow {
  readonly step?: Step;
  readonly timestamp?: number | string;
  readonly values: { readonly [key: string]: JsonValue };
}

/** Every scalar of the schema that GraphQL does not know itself, by its name: `scalars` of gql.tada's `initGraphQLTada`. */
export interface Scalars {
  readonly Count: Count;
  readonly DateTime: DateTime;
  readonly Double: Double;
  readonly JSON: JsonValue;
  readonly LogRow: LogRow;
  readonly Step: Step;
}

/** The same for `config.scalars` of graphql-codegen: the generated code takes its types from here. */
export const codegenScalars: Readonly<Record<keyof Scalars, string>> = {
  Count: '@summa/schema#Count',
  DateTime: '@summa/schema#DateTime',
  Double: '@summa/schema#Double',
  JSON: '@summa/schema#JsonValue',
  LogRow: '@summa/schema#LogRow',
  Step: '@summa/schema#Step',
};
