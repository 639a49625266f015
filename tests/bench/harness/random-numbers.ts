/** Numbers of as many digits as measured ones have, the same in every run (mulberry32). */
export function randomNumbers(): () => number {
  let state = 11;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return () => (next() / 2 ** 32 + next()) / 2 ** 32;
}
