import type { JsonObject } from '@summa/core/json/json-value';
import { parseKey } from '@summa/core/key/key-path';
import type { TensorSummary } from '@summa/core/tensor/tensor-value';
import type { RequestContext } from '../access/request-context.ts';
import type { FileRecord } from '../file/file-store.ts';
import { FileRef } from '../graphql/node-refs.ts';
import { LIMITS } from '../limits.ts';
import { checkPercents } from '../tensor/tensor-arguments.ts';
import { TensorHistogramType } from '../tensor/tensor-histogram-type.ts';
import { TensorType } from '../tensor/tensor-type.ts';
import { percentilesOf, type TensorView, tensorOf, valuesOf } from '../tensor/tensor-view.ts';
import { fileOfDocument } from './file-of-document.ts';
import { type Shown, valueType } from './value-type.ts';

/** What a summary says of a tensor, with the object that says so. */
export interface TensorDocument extends TensorSummary {
  readonly object: JsonObject;
}

type ShownTensor = Shown<TensorDocument>;

/** The file that the public API of W&B writes the tensors of a summary to, and the dataset of a key in it: dots in names stand as they are. */
const WANDB_FILE = 'wandb.h5';
const wandbDataset = (key: string) => `summary/${parseKey(key).join('.')}`;

const WHOLE = 'It is null when the run has no such file.';
const SAID = 'It is null when the summary does not say; `tensor` has it from the file.';

/** The GraphQL type of a tensor in a summary. */
export const TensorValue = valueType<TensorDocument>(
  'TensorValue',
  'A tensor that a summary shows: its statistics as they were logged, and the whole of it in a file of the run.',
  (t) => ({
    type: t.string({
      description:
        'Who made it, as its `_type` says: "tensor", "numpy.ndarray", "torch.Tensor" or "tensorflow.Tensor".',
      resolve: ({ value }) => value.type,
    }),
    dtype: t.string({
      nullable: true,
      description: `The type of its values, by the name that numpy gives it. ${SAID}`,
      resolve: ({ value }) => value.dtype,
    }),
    shape: t.field({
      type: ['Count'],
      nullable: true,
      description: `The lengths of its axes, outermost first. ${SAID}`,
      resolve: ({ value }) => value.shape && [...value.shape],
    }),
    size: t.field({ type: 'Count', description: 'How many values it has.', resolve: ({ value }) => value.size }),
    min: t.field({
      type: 'JSON',
      nullable: true,
      description: `The smallest value; a whole number has all its digits. ${SAID}`,
      resolve: ({ value }) => value.min,
    }),
    max: t.field({
      type: 'JSON',
      nullable: true,
      description: `The largest value; a whole number has all its digits. ${SAID}`,
      resolve: ({ value }) => value.max,
    }),
    mean: t.field({
      type: 'Double',
      nullable: true,
      description: `The mean. ${SAID}`,
      resolve: ({ value }) => value.mean,
    }),
    variance: t.field({
      type: 'Double',
      nullable: true,
      description: `The population variance. ${SAID}`,
      resolve: ({ value }) => value.variance,
    }),
    nanCount: t.field({
      type: 'Count',
      nullable: true,
      description: `How many values are NaN. ${SAID}`,
      resolve: ({ value }) => value.nan,
    }),
    posInfCount: t.field({
      type: 'Count',
      nullable: true,
      description: `How many values are Infinity. ${SAID}`,
      resolve: ({ value }) => value.posInf,
    }),
    negInfCount: t.field({
      type: 'Count',
      nullable: true,
      description: `How many values are -Infinity. ${SAID}`,
      resolve: ({ value }) => value.negInf,
    }),
    zeroCount: t.field({
      type: 'Count',
      nullable: true,
      description: `How many values are zero. ${SAID}`,
      resolve: ({ value }) => value.zeros,
    }),
    histogram: t.field({
      type: TensorHistogramType,
      nullable: true,
      description: `How its values are spread. ${SAID}`,
      resolve: ({ value }) => value.histogram,
    }),
    percentile: t.field({
      type: 'Double',
      nullable: true,
      description: `Any percentile: as it was logged, else from the file. It is null when neither has it.`,
      args: { p: t.arg.float({ required: true, description: 'The percentage, from 0 to 100.' }) },
      extensions: { scope: 'READ', cost: 50 },
      resolve: async (shown, { p }, context) =>
        (await readPercentiles(context, shown, checkPercents([p], 'p')))[0] ?? null,
    }),
    percentiles: t.field({
      type: ['Double'],
      nullable: { list: false, items: true },
      description: 'Several percentiles, in the order asked for.',
      args: {
        ps: t.arg.floatList({
          required: true,
          description: `The percentages, from 0 to 100; at most ${LIMITS.tensorPercentiles} of them.`,
        }),
      },
      extensions: { scope: 'READ', cost: 50 },
      resolve: (shown, { ps }, context) => readPercentiles(context, shown, checkPercents(ps, 'ps')),
    }),
    values: t.field({
      type: ['JSON'],
      nullable: true,
      description: `Some of its values, the last axis varying fastest. ${WHOLE}`,
      args: {
        offset: t.arg({
          type: 'Count',
          description: 'How many values to leave out before the first one; 0 when left out.',
        }),
        first: t.arg.int({
          description: `How many values, at most ${LIMITS.tensorValues.toLocaleString('en')}; 1,000 when left out.`,
        }),
      },
      extensions: { scope: 'READ', cost: 50 },
      resolve: async (shown, args, context) => {
        const tensor = await wholeTensor(context, shown);
        return tensor && valuesOf(context, tensor, args);
      },
    }),
    tensor: t.field({
      type: TensorType,
      nullable: true,
      description: `The whole tensor, with everything that its file says. ${WHOLE}`,
      extensions: { scope: 'READ', cost: 250 },
      resolve: (shown, _args, context) => wholeTensor(context, shown),
    }),
    file: t.field({
      type: FileRef,
      nullable: true,
      description: `The file that holds it whole. ${WHOLE}`,
      extensions: { scope: 'READ' },
      resolve: async (shown, _args, context) => (await findPlace(context, shown))?.file ?? null,
    }),
    object: t.field({
      type: 'JSON',
      description: 'What the summary holds of it.',
      resolve: ({ value }) => value.object,
    }),
  }),
);

interface FoundPlace {
  readonly file: FileRecord;
  readonly dataset: string | null;
}

/** The file that the document names by hash or path; of a document of W&B, which names none, the file where W&B puts them. */
async function findPlace(context: RequestContext, { value, view, key }: ShownTensor): Promise<FoundPlace | null> {
  const { object } = value;
  const dataset = typeof object.dataset === 'string' ? object.dataset : null;
  const file = await fileOfDocument(context, view.ref, object);
  if (file) return { file, dataset };
  if (value.type === 'tensor' || value.sha256 !== null) return null;
  const wandbFile = await context.loaders.files.load({ ...view.ref, path: WANDB_FILE });
  return wandbFile && { file: wandbFile, dataset: wandbDataset(key) };
}

async function wholeTensor(context: RequestContext, shown: ShownTensor): Promise<TensorView | null> {
  const place = await findPlace(context, shown);
  return place && tensorOf(context, place.file, place.dataset);
}

async function readPercentiles(
  context: RequestContext,
  shown: ShownTensor,
  percents: readonly number[],
): Promise<(number | null)[]> {
  const logged = new Map(shown.value.percentiles.map(({ percent, value }) => [percent, value]));
  const missing = percents.filter((percent) => !logged.has(percent));
  const tensor = missing.length > 0 ? await wholeTensor(context, shown) : null;
  const read = tensor ? await percentilesOf(context, tensor, missing) : [];
  return percents.map((percent) => logged.get(percent) ?? read[missing.indexOf(percent)] ?? null);
}
