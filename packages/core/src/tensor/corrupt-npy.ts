import { SummaError } from '../summa-error.ts';

/** The error for bytes that are no whole `.npy` file: `what` says where they stop making sense. */
export function corruptNpy(what: string, options?: ErrorOptions): SummaError {
  return new SummaError('CORRUPT_DATA', `not a whole .npy file: ${what}; save the array again`, [], options);
}
