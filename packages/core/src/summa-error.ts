/**
 * An expected failure: a stable code for programs, a message that names the bad thing and says what to do, and the
 * path of the bad thing inside the caller's input (`['rows', 3, 'values', 'loss']`), when there is one.
 */
export class SummaError<Code extends string = ErrorCode> extends Error {
  readonly code: Code;
  readonly path: readonly (string | number)[];
  constructor(code: Code, message: string, path: readonly (string | number)[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = 'SummaError';
    this.code = code;
    this.path = path;
  }
}

/** Every code that core may raise. The server's own codes extend this list in its error enum. */
export type ErrorCode =
  | 'CORRUPT_DATA'
  | 'INVALID_DEFINITION'
  | 'INVALID_FILTER'
  | 'INVALID_JSON'
  | 'INVALID_KEY'
  | 'INVALID_ORDER'
  | 'INVALID_ROW'
  | 'INVALID_SUMMARY_VALUE'
  | 'INVALID_TENSOR'
  | 'KEY_TOO_LONG'
  | 'NESTING_TOO_DEEP'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_VALUES'
  | 'UNSUPPORTED_DTYPE'
  | 'VALUE_TOO_LARGE';
