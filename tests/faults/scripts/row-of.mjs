/** The row of a run at a step, known to whoever logs and whoever checks: every sum of its numbers is exact. */
export function rowOf(seed, step) {
  const a = (((seed + 1) * 7919 + step * 104729) % 4096) / 64 - 32;
  if (step % 41 === 40) return { a, text: `step ${step}`, b: Number.NaN };
  if (step % 97 === 96) return { a, w: Float32Array.from({ length: 40 }, (_, i) => i + step) };
  return step % 5 === 0 ? { a, b: step / 4 } : { a };
}
