/** The shape of a tensor: `128 × 64`; nothing for that of a single number. No separators: `1,000` would be two lengths. */
export function formatShape(shape: readonly number[]): string {
  return shape.join(' × ');
}
