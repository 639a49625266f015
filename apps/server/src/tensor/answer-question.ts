import { TensorScan } from '@summa/core/tensor/tensor-scan';
import type { TensorStatistics } from '@summa/core/tensor/tensor-statistics';
import { LIMITS } from '../limits.ts';
import { ServerError } from '../server-error.ts';
import type { ByteSource } from './byte-source.ts';
import { corruptHdf5, openHdf5File } from './hdf5-file.ts';
import { loadHdf5Library } from './hdf5-library.ts';
import { openNpyFile } from './npy-file.ts';
import type { OpenTensor, TensorFile } from './open-tensor.ts';
import type { TensorQuestion } from './tensor-job.ts';

/** Answers a question about a file from its bytes; throws a named error for whatever is wrong with them. */
export async function answerQuestion(question: TensorQuestion, source: ByteSource): Promise<unknown> {
  if (question.format === 'npy') return answerFrom(openNpyFile(source), question);
  const library = await loadHdf5Library();
  try {
    const file = openHdf5File(library, source);
    try {
      return answerFrom(file, question);
    } finally {
      file.close();
    }
  } catch (cause) {
    // The library throws plain errors, and numbers and traps of WebAssembly when it gives up.
    throw cause instanceof Error && cause.name === 'SummaError' ? cause : corruptHdf5(wordsOf(cause), { cause });
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 200) : 'its structure cannot be read';
}

function answerFrom(file: TensorFile, question: TensorQuestion): unknown {
  if (question.kind === 'datasets') return file.listDatasets(LIMITS.datasets);
  const tensor = file.open(question.input.dataset);
  if (question.kind === 'describe') return tensor?.description ?? null;
  if (tensor === null) throw new ServerError('CORRUPT_DATA', 'the dataset is no longer there');
  if (question.kind === 'values') return tensor.readValues(question.input.from, question.input.to);
  return scan(tensor, question.input.percentiles);
}

function scan({ description, readAll }: OpenTensor, percentiles: readonly number[]): TensorStatistics {
  const scan = new TensorScan({ ...description, percentiles });
  for (let pass = scan.nextPass(); pass !== null; pass = scan.nextPass()) {
    const current = pass;
    readAll((bytes) => current.push(bytes));
    current.end();
  }
  return scan.statistics();
}
