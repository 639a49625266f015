import { SummaError } from '@summa/core/summa-error';

/** A failure to start that the operator can mend: printed as one line on stderr, without a stack; exit code 1. */
export class StartError extends SummaError<StartErrorCode> {}

export type StartErrorCode =
  | 'BLOB_STORE_UNREACHABLE'
  | 'CONFIG_INVALID'
  | 'DATABASE_NEWER'
  | 'DATABASE_UNREACHABLE'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_UNUSABLE'
  | 'MIGRATION_FAILED'
  | 'PORT_TAKEN'
  | 'POSTGRES_FAILED'
  | 'POSTGRES_UNSUPPORTED';
