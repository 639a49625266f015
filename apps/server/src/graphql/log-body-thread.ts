// A thread that reads bodies with rows: the text, its numbers and their columns, while the server goes on.
import { parentPort } from 'node:worker_threads';
import { buffersOf } from '../history/packed-batch.ts';
import { type LogBody, type Refusal, readLogBody, refusalOf } from './log-body.ts';

/** The bytes of a body. */
export interface BodyQuestion {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What became of them; `unexpected` is the text of a failure that no caller may see. */
export type BodyAnswer = { readonly id: number } & (
  | { readonly kind: 'read'; readonly read: LogBody }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly unexpected: string }
);

parentPort?.on('message', ({ id, bytes }: BodyQuestion) => {
  const answer = answerOf(id, bytes);
  const buffers =
    answer.kind === 'read' ? answer.read.logged.flatMap(({ read }) => ('code' in read ? [] : buffersOf(read))) : [];
  parentPort?.postMessage(answer, buffers);
});

function answerOf(id: number, bytes: Uint8Array): BodyAnswer {
  try {
    return { id, kind: 'read', read: readLogBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return { id, kind: 'refused', refusal };
    return { id, kind: 'failed', unexpected: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
