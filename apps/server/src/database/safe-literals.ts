// Values in the text of a statement, for COPY, which takes no parameters. Anything but what is named is a RangeError.

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id. */
export function uuid(id: string): string {
  return `'${checkedUuid(id)}'::uuid`;
}

/** A list of ids. */
export function uuids(ids: readonly string[]): string {
  return `'{${ids.map(checkedUuid).join(',')}}'::uuid[]`;
}

/** A whole number. */
export function wholeNumber(number: number): string {
  return checkedWhole(number);
}

/** A list of whole numbers, without its type. */
export function wholeNumbers(numbers: readonly number[]): string {
  return `'{${numbers.map(checkedWhole).join(',')}}'`;
}

function checkedUuid(id: string): string {
  if (UUID.test(id)) return id;
  throw new RangeError(`${JSON.stringify(id)} is no UUID`);
}

function checkedWhole(number: number): string {
  if (Number.isSafeInteger(number)) return String(number);
  throw new RangeError(`${number} is no whole number`);
}
