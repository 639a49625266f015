/** Places for the ticks of a logarithmic axis, ascending: powers of ten, with 2 and 5 between them where few fit. */
export function logTicks(from: number, to: number, most: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const every = Math.max(1, Math.ceil((high - low + 1) / most));
  const powers: number[] = [];
  // As texts, for 10 ** -5 is not 1e-5 to the last digit.
  for (let power = Math.ceil(low / every) * every; power <= high; power += every) powers.push(Number(`1e${power}`));
  if (powers.length >= 3) return powers;
  const between: number[] = [];
  for (let power = low - 1; power <= high; power++) {
    for (const digit of [1, 2, 5]) {
      const tick = Number(`${digit}e${power}`);
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) between.push(tick);
    }
  }
  // Within a part of a decade there may be none: the ends say where one is.
  return between.length >= 2 ? between.slice(0, Math.max(most, 2)) : [...new Set([from, ...between, to])];
}
