import { isJsonObject } from '@summa/core/json/json-value';
import { fromWire } from '@summa/core/json/wire-json';
import { clientError } from '../error-families.ts';
import type { FileTransport } from '../file/upload-file.ts';
import { startDeadline } from '../transport/deadline.ts';
import { parseResponse } from '../transport/response-json.ts';
import { serverAddress } from '../transport/server-address.ts';
import { ByteStream } from './byte-stream.ts';
import { type PointsBlock, putValue } from './points-block.ts';
import type { RunPlace } from './read-all-points.ts';
import type { StepRange } from './step-range.ts';

/** Whether this machine has its numbers in memory as the stream has them. */
export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Which points are wanted, and who takes them. */
export interface StreamAsk {
  readonly key: string;
  readonly range: StepRange;
  readonly signal: AbortSignal | undefined;
  /** Called with each block when all of it has arrived; a block has at least one point. */
  readonly take: (block: PointsBlock) => void;
}

/**
 * Streams points of a metric as `format=columns` of `/api/export`, and resolves to whether all have come: false when the server
 * refuses, sends anything else, breaks off, or sends nothing for as long as a request may take. Rejects only with ABORTED.
 */
export async function streamPoints(transport: FileTransport, run: RunPlace, ask: StreamAsk): Promise<boolean> {
  const { fetch, headers = {}, timeoutMs = 30_000 } = transport;
  const { signal, take } = ask;
  const left = new AbortController();
  const leave = () => left.abort();
  signal?.addEventListener('abort', leave);
  if (signal?.aborted) leave();
  /** A part of the exchange, which gives up all of it when it takes too long. */
  const within = async <Part>(part: Promise<Part>): Promise<Part> => {
    const deadline = startDeadline(timeoutMs, undefined);
    deadline.signal.addEventListener('abort', leave);
    return part.finally(deadline.stop);
  };
  try {
    const response = await within(fetch(urlOf(transport, run, ask), { headers, signal: left.signal }));
    if (!response.ok || response.body === null) return false;
    const stream = new ByteStream(response.body.getReader(), within);
    if (!(await isOf(run, ask.key, await stream.line()))) return false;
    for (let block = await readBlock(stream); block !== null; block = await readBlock(stream)) take(block);
    return true;
  } catch (cause) {
    if (signal?.aborted) throw clientError('ABORTED', 'The reading was aborted.', { cause });
    return false;
  } finally {
    signal?.removeEventListener('abort', leave);
    leave();
  }
}

function urlOf(transport: FileTransport, run: RunPlace, { key, range }: StreamAsk): string {
  const path = [run.entity.name, run.project.name, 'runs', run.name, 'history'].map(encodeURIComponent).join('/');
  const query = new URLSearchParams({ format: 'columns', keys: key });
  for (const [name, step] of Object.entries(range)) if (step !== undefined) query.set(name, String(step));
  return `${serverAddress(transport)}/api/export/${path}?${query}`;
}

/** Whether a first line is of the run, and not of one that has got its name meanwhile. */
async function isOf(run: RunPlace, key: string, line: string): Promise<boolean> {
  const head = (await parseResponse(line)) as never;
  if (!isJsonObject(head)) return false;
  const { format, version, run: id, keys } = head;
  return format === 'summa-columns' && version === 1 && id === run.id && String(keys) === key;
}

/** Value 2 of what a point is: one of the list behind the numbers. */
const OTHER = 2;

async function readBlock(stream: ByteStream): Promise<PointsBlock | null> {
  const [count = 0, textBytes = 0] = await stream.fill(new Uint32Array(2));
  if (count === 0) return null;
  const block = {
    steps: await stream.fill(new Float64Array(count)),
    times: await stream.fill(new Float64Array(count)),
    values: await stream.fill(new Float64Array(count)),
    others: new Map(),
  };
  const kinds = await stream.fill(new Uint8Array(count));
  if (textBytes > 0) await putOthers(block, kinds, await stream.fill(new Uint8Array(textBytes)));
  return block;
}

async function putOthers(block: PointsBlock, kinds: Uint8Array, bytes: Uint8Array): Promise<void> {
  const values = fromWire(await parseResponse(new TextDecoder().decode(bytes)));
  if (!Array.isArray(values)) throw new TypeError('the other values are no list');
  let next = 0;
  for (const [i, kind] of kinds.entries()) if (kind === OTHER) putValue(block, i, values[next++] ?? null);
}
