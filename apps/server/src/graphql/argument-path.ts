import { SummaError } from '@summa/core/summa-error';

/**
 * Runs `work` on what a caller gave as the argument `name`. Where one of its errors names a path inside of that, the path is made
 * to begin with the argument; an error without a path stays as it is.
 */
export function inArgument<Result>(name: string, work: () => Result): Result {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch((error: unknown) => fail(name, error)) as Result) : result;
  } catch (error) {
    return fail(name, error);
  }
}

function fail(name: string, error: unknown): never {
  if (!(error instanceof SummaError) || error.path.length === 0) throw error;
  throw new SummaError<string>(error.code, error.message, [name, ...error.path], { cause: error });
}
