/** Rows of one run: `metrics` numbers under `m0`, `m1`, … at each step. */
export interface RunRows {
  readonly name: string;
  readonly metrics: number;
  readonly from: number;
  readonly steps: number;
}

/**
 * A product as a workload meets it, over HTTP where it has a server that takes or gives this, each request in the batch that the product
 * recommends. What a product has no way to do is not there.
 */
export interface Product extends AsyncDisposable {
  readonly name: string;
  /**
   * Logs a run of its own from beginning to end, one request after the other. @returns how long it took, in ms, where a process of its
   * own had to be started for it and measured itself
   */
  logRun(rows: RunRows): Promise<number | undefined>;
  /** Many clients log one row at a time, all at once, each into a new run of its own. */
  logTiny?(
    name: string,
    options: { readonly clients: number; readonly requests: number; readonly metrics: number },
  ): Promise<void>;
  /** The best 100 runs by the last value of `m0`, with the last values of all metrics. @returns how many runs */
  topRuns?(): Promise<number>;
  /** The greatest value of `m0` of every run, and the step where it was. @returns how many runs */
  bestOfAll?(runs: number): Promise<number>;
  /** The last values of all metrics of all runs. @returns how many runs */
  summaries?(): Promise<number>;
  /** All points of `m0` of a run, as numbers in the memory of the asker. @returns how many */
  readAll?(run: string): Promise<number>;
  /** What the product draws of `m0` of a run, about 1,000 points. @returns how many */
  chart?(run: string): Promise<number>;
  /** The same of a part of its steps. @returns how many */
  zoom?(run: string, part: { readonly from: number; readonly to: number }): Promise<number>;
}

/** The value of a metric at a step, the same for every product. */
export function valueAt(metric: number, step: number): number {
  return Math.sin(step / 1_000 + metric) + (step % 7) / 100;
}

/** The numbers of a row under their names. */
export function rowAt(step: number, metrics: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: metrics }, (_, metric) => [`m${metric}`, valueAt(metric, step)]));
}

/** The steps of some rows, so many at once. */
export function* batches({ from, steps }: Pick<RunRows, 'from' | 'steps'>, size: number): Generator<number[]> {
  for (let first = from; first < from + steps; first += size) {
    yield Array.from({ length: Math.min(size, from + steps - first) }, (_, i) => first + i);
  }
}

/** Sends JSON and reads JSON; an answer that is not one of success is an error. */
export async function postJson(url: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  // Some servers close a connection that was idle just when it is used again.
  return readAnswer(await fetch(url, request).catch(() => fetch(url, request)));
}

/** Reads JSON. */
export async function getJson(url: string): Promise<unknown> {
  return readAnswer(await fetch(url).catch(() => fetch(url)));
}

async function readAnswer(answer: Response): Promise<unknown> {
  if (!answer.ok)
    throw new Error(`${answer.url} was answered with ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer.json();
}

/** Has several clients do so many things each, all at once. */
export async function clientsDo(
  clients: number,
  requests: number,
  act: (client: number, request: number) => Promise<unknown>,
): Promise<void> {
  const client = async (_: unknown, index: number) => {
    for (let request = 0; request < requests; request++) await act(index, request);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
