import { formatWireJson } from '@summa/core/json/format-json';
import { parseJson } from '@summa/core/json/parse-json';
import { fromWire } from '@summa/core/json/wire-json';
import type { SettledStart } from '../live-run/start-run.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** What stands at the beginning of a spool: enough to start the run and to send what follows. No key is in it. */
export interface SpoolHeader {
  readonly format: 'summa-spool';
  readonly version: 1;
  /** The GraphQL URL of the server. */
  readonly url: string;
  readonly start: SettledStart;
  readonly process: ProcessIdentity;
  /** The number of the first item in the file, among all that the run ever queued. */
  readonly firstEntry: number;
}

export function formatHeader(header: SpoolHeader): string {
  return formatWireJson(fromWire(header));
}

/** The header that a text says; null when it is not of a version that is known here. */
export function parseHeader(text: string): SpoolHeader | null {
  const header = fromWire(parseJson(text)) as unknown as SpoolHeader; // the frame's checksum holds, so it is what was written
  return header.format === 'summa-spool' && header.version === 1 ? header : null;
}
