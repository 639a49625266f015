import type { Column } from './column.ts';
import {
  chooseNumberEncoding,
  type NumberRoom,
  numbersByteLength,
  readNumbers,
  writeNumbers,
} from './number-encoding.ts';
import { othersByteLength, planOthers, readOthers, writeOthers } from './others-encoding.ts';
import { openBody, readPointCount, readSealed, refuseTooManyPoints, sealBody } from './sealed-body.ts';
import {
  chooseStepEncoding,
  listSteps,
  type RegularSteps,
  readStepsOrStride,
  stepsByteLength,
  writeSteps,
} from './step-encoding.ts';

// The bytes "SMC" and version 1, little endian.
const COLUMN_MARK = 0x01_43_4d_53;
const COUNT_BYTES = 4;

/**
 * Encodes one column as the body of a chunk: mark, count, steps, numbers, other values, xxHash32; little endian.
 *
 * Throws a RangeError when its steps do not ascend, and TOO_MANY_ROWS beyond 1,048,576 points.
 */
export function encodeColumn({ steps, numbers, others }: Column): Uint8Array {
  const count = steps.length;
  refuseTooManyPoints(count);
  const stepEncoding = chooseStepEncoding(steps);
  const numberEncoding = chooseNumberEncoding(numbers);
  const plan = planOthers(others, count);
  const length =
    stepsByteLength(stepEncoding, count) + numbersByteLength(numberEncoding, count) + othersByteLength(plan);
  const writer = openBody(COLUMN_MARK, COUNT_BYTES + length);
  writer.u32(count);
  writeSteps(writer, steps, stepEncoding);
  writeNumbers(writer, numbers, numberEncoding);
  writeOthers(writer, plan);
  return sealBody(writer);
}

/** Decodes what `encodeColumn` wrote; any other bytes raise CORRUPT_DATA. */
export function decodeColumn(bytes: Uint8Array): Column {
  const column = decodeInPlace(bytes);
  return { ...column, steps: listedSteps(column) };
}

/** A column whose steps are listed only if they are not regular. */
export type DecodedColumn = Omit<Column, 'steps'> & { readonly steps: Float64Array | RegularSteps };

/** As `decodeColumn`, without a list of regular steps; the numbers are written into `room`, when it is given. */
export function decodeInPlace(bytes: Uint8Array, room?: NumberRoom): DecodedColumn {
  const reader = readSealed(bytes, COLUMN_MARK);
  const count = readPointCount(reader);
  const steps = readStepsOrStride(reader, count);
  const numbers = readNumbers(reader, count, room);
  const others = readOthers(reader, numbers);
  reader.finish();
  return { steps, numbers, others };
}

/** The steps of a decoded column, listed. */
export function listedSteps({ steps, numbers }: DecodedColumn): Float64Array {
  return 'stride' in steps ? listSteps(steps, numbers.length) : steps;
}
