// A thread that reads bodies with rows: the text, its numbers and their columns, while the server goes on.
import { parentPort } from 'node:worker_threads';
import { buffersOf } from '../history/packed-batch.ts';
import { type ToldError, tellError } from '../thread/told-error.ts';
import { type LogBody, readLogBody } from './log-body.ts';

/** The bytes of a body. */
export interface BodyQuestion {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** What became of them. */
export type BodyAnswer = { readonly id: number } & (
  | { readonly kind: 'read'; readonly read: LogBody }
  | { readonly kind: 'failed'; readonly error: ToldError }
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
    return { id, kind: 'failed', error: tellError(error) };
  }
}
