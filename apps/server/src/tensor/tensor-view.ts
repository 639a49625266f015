import type { TensorStatistics } from '@summa/core/tensor/tensor-statistics';
import type { RequestContext } from '../access/request-context.ts';
import type { FileRecord } from '../file/file-store.ts';
import { readValueRange, type ValueArguments } from './tensor-arguments.ts';
import type { DatasetList, TensorDescription } from './tensor-job.ts';
import type { TensorPlace } from './tensors.ts';

/** A tensor in a file, as GraphQL sees it. */
export interface TensorView extends TensorPlace {
  readonly file: FileRecord;
  readonly description: TensorDescription;
}

/** The tensor in a file; null when the file is no file of tensors, or has no such dataset. */
export async function tensorOf(
  { services }: RequestContext,
  file: FileRecord,
  dataset: string | null,
): Promise<TensorView | null> {
  const description = await services.tensors.describe({ file, dataset });
  return description && { file, dataset: description.dataset, description };
}

/** The datasets of a file; null when it is no HDF5 file. */
export function datasetsOf({ services }: RequestContext, file: FileRecord): Promise<DatasetList | null> {
  return services.tensors.datasets(file);
}

/** The statistics of a tensor. */
export function statisticsOf({ services }: RequestContext, view: TensorView): Promise<TensorStatistics> {
  return services.tensors.statistics(view);
}

/** Percentiles of a tensor, in the order asked for; each null when no value is finite. */
export async function percentilesOf(
  { services }: RequestContext,
  view: TensorView,
  percents: readonly number[],
): Promise<(number | null)[]> {
  const known = await services.tensors.statistics(view);
  const isKnown = (percent: number) => known.percentiles.some((one) => one.percent === percent);
  const source = percents.every(isKnown) ? known : await services.tensors.statistics(view, [...new Set(percents)]);
  return percents.map((percent) => source.percentiles.find((one) => one.percent === percent)?.value ?? null);
}

/** Values of a tensor in C order. @throws ServerError PAGE_TOO_LARGE, RESPONSE_TOO_LARGE */
export async function valuesOf(
  { services, budget }: RequestContext,
  view: TensorView,
  args: ValueArguments,
): Promise<readonly (number | bigint)[]> {
  const { from, to } = readValueRange(args);
  const end = Math.min(to, view.description.count);
  if (from >= end) return [];
  budget.spendPoints(end - from, ['first']);
  return services.tensors.values(view, from, end);
}
