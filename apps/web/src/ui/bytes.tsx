import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';

/** A size in binary units; all its bytes on hover. */
export function Bytes({ count }: { readonly count: number }) {
  return <span title={`${formatCount(count)} bytes`}>{formatBytes(count)}</span>;
}
