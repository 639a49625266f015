import { SummaClientError } from '../summa-client-error.ts';
import { type Backoff, defaultBackoff, isServerFault, isTransient } from '../transport/backoff.ts';

/** How a run's rows are sent; every field has a default. */
export interface DeliveryPolicy {
  /** Most rows of one request; 1,000. */
  readonly batchRows: number;
  /** Most bytes of row text in one request; 1 MB. A single larger row still goes alone. */
  readonly batchBytes: number;
  /** A batch that is not full is sent this long after its first row, in ms; 200. */
  readonly batchAfterMs: number;
  /** Most bytes of row text and tensors that wait in memory; 64 MB. What is logged beyond it is in the spool alone; without one it is not kept. */
  readonly queueBytes: number;
  /** Waits between tries while the server cannot be reached. */
  readonly backoff: Backoff;
}

/** The policy that holds unless a caller says otherwise. */
export const defaultPolicy: DeliveryPolicy = {
  batchRows: 1_000,
  batchBytes: 1_000_000,
  batchAfterMs: 200,
  queueBytes: 64_000_000,
  backoff: defaultBackoff,
};

const MOST_SERVER_FAULTS = 8;

/**
 * Whether a failed request is sent again as it was.
 *
 * Without end while the server is away or busy; up to 8 times when the server itself fails; never when it refuses.
 */
export function isWorthRetrying(error: unknown, attempt: number): error is SummaClientError {
  return isTransient(error) || (isServerFault(error) && attempt < MOST_SERVER_FAULTS);
}

const contentCodes = new Set([
  'BODY_TOO_LARGE',
  'FILE_TOO_LARGE',
  'HASH_MISMATCH',
  'INVALID_DEFINITION',
  'INVALID_INPUT',
  'INVALID_JSON',
  'INVALID_KEY',
  'INVALID_PATH',
  'INVALID_ROW',
  'INVALID_SUMMARY_VALUE',
  'KEY_TOO_LONG',
  'LIST_TOO_LONG',
  'NESTING_TOO_DEEP',
  'REVISION_CONFLICT',
  'RUN_FILES_TOO_LARGE',
  'STORAGE_FULL',
  'TOO_MANY_FILES',
  'TOO_MANY_KEYS',
  'TOO_MANY_ROWS',
  'TOO_MANY_UPLOADS',
  'TOO_MANY_VALUES',
  'VALUE_TOO_LARGE',
  'HTTP_413',
]);

/** Whether the server refused what was sent, so that leaving it out lets the rest through. */
export function isAboutContent(error: unknown): error is SummaClientError {
  return error instanceof SummaClientError && contentCodes.has(error.code);
}

/** Which of the rows sent was refused, when the error says so. */
export function refusedRow(error: SummaClientError): number | null {
  const index = error.argumentPath[error.argumentPath.indexOf('rows') + 1];
  return error.argumentPath.includes('rows') && typeof index === 'number' ? index : null;
}
