import { toNumber } from '@summa/client/query';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { apiQuery } from '../../api/query.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { formatCount, formatNumber } from '../../format/format-number.ts';
import { formatShape } from '../../format/format-shape.ts';
import { RunFileDatasetsDocument, RunFileTensorDocument, type RunFileTensorQuery } from '../../generated/graphql.ts';
import { Field, Select } from '../../ui/field.tsx';
import { NumberText } from '../../ui/number-text.tsx';
import { Fact, Facts } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { histogramBars } from './histogram-bars.ts';
import type { FilesSearch } from './route.ts';
import css from './run-files.module.css';

const route = getRouteApi('/$entity/$project/runs/$run/files');

/** The datasets of an HDF5 file, one of them described. */
export function DatasetPreview({ fileId, sha256 }: { readonly fileId: string; readonly sha256: string }) {
  const { dataset } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(apiQuery(['file', fileId, sha256, 'datasets'], RunFileDatasetsDocument, { id: fileId }));
  return (
    <QueryPart query={query}>
      {({ node }) => {
        const list = node && 'datasets' in node ? node.datasets : null;
        const tensors = list?.nodes.filter(({ dtype }) => dtype !== null) ?? [];
        const chosen = tensors.find(({ path }) => path === dataset) ?? tensors[0];
        if (!list || chosen === undefined) {
          return (
            <EmptyState title="No arrays of numbers">The file holds nothing that can be described here.</EmptyState>
          );
        }
        return (
          <>
            <Field label={list.hasMore ? 'Dataset (the first 1,000)' : 'Dataset'}>
              {(control) => (
                <Select
                  {...control}
                  value={chosen.path}
                  onChange={(event) =>
                    void navigate({
                      search: (before: FilesSearch) => ({ ...before, dataset: event.target.value }),
                      replace: true,
                      resetScroll: false,
                    })
                  }
                >
                  {tensors.map(({ path, shape, dtype }) => (
                    <option key={path} value={path}>
                      {path} ({dtype} {shapeText(shape)})
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <TensorPreview key={chosen.path} fileId={fileId} sha256={sha256} dataset={chosen.path} />
          </>
        );
      }}
    </QueryPart>
  );
}

type TensorNode = Extract<NonNullable<RunFileTensorQuery['node']>, { tensor: unknown }>;
type Tensor = NonNullable<TensorNode['tensor']>;

export interface TensorPreviewProps {
  readonly fileId: string;
  readonly sha256: string;
  /** Null for a file that is one array. */
  readonly dataset: string | null;
}

/** An array of numbers: its shape, its statistics, its histogram and its first values. */
export function TensorPreview({ fileId, sha256, dataset }: TensorPreviewProps) {
  const key = ['file', fileId, sha256, 'tensor', dataset];
  const query = useQuery(apiQuery(key, RunFileTensorDocument, { id: fileId, dataset }));
  return (
    <QueryPart query={query}>
      {({ node }) =>
        node && 'tensor' in node && node.tensor ? (
          <TensorFacts tensor={node.tensor} />
        ) : (
          <EmptyState title="No array of numbers">The file holds nothing that can be described here.</EmptyState>
        )
      }
    </QueryPart>
  );
}

function TensorFacts({ tensor }: { readonly tensor: Tensor }) {
  const { histogram, values, size } = tensor;
  const counts = [
    ['NaN', tensor.nanCount],
    ['+∞', tensor.posInfCount],
    ['-∞', tensor.negInfCount],
    ['Zero', tensor.zeroCount],
  ] as const;
  const variance = toNumber(tensor.variance);
  return (
    <div className={css.tensor}>
      {histogram && <Histogram edges={histogram.edges.map(toNumber)} counts={histogram.counts.map(toNumber)} />}
      <Facts>
        <Fact name="Shape">
          {shapeText(tensor.shape)}, {formatCount(size)} values
        </Fact>
        <Fact name="Type">
          <code>{tensor.dtype}</code>
        </Fact>
        <Fact name="Minimum">
          <NumberText value={asNumber(tensor.min)} />
        </Fact>
        <Fact name="Maximum">
          <NumberText value={asNumber(tensor.max)} />
        </Fact>
        <Fact name="Mean">
          <NumberText value={tensor.mean} />
        </Fact>
        <Fact name="Std. deviation">
          <NumberText value={variance === null ? null : Math.sqrt(variance)} />
        </Fact>
        {counts
          .filter(([, count]) => count > 0)
          .map(([name, count]) => (
            <Fact key={name} name={name}>
              {formatCount(count)}
            </Fact>
          ))}
        {values.length > 0 && (
          <Fact name={values.length < size ? `First ${values.length}` : 'Values'}>
            <span className={css.values}>
              {values.map((value, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: values are named by their places
                <NumberText key={i} value={asNumber(value)} />
              ))}
            </span>
          </Fact>
        )}
      </Facts>
    </div>
  );
}

const [WIDTH, HEIGHT] = [640, 140];

function Histogram({
  edges,
  counts,
}: {
  readonly edges: readonly (number | null)[];
  readonly counts: readonly (number | null)[];
}) {
  const bars = histogramBars(
    edges.map((edge) => edge ?? 0),
    counts.map((count) => count ?? 0),
  );
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const [low, high] = [formatNumber(first.from).text, formatNumber(last.to).text];
  return (
    <figure className={css.histogram}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of the values from ${low} to ${high}`}
      >
        {bars.map(({ left, width, height, from, to, count }) => (
          <rect
            key={`${left}`}
            x={left * WIDTH}
            y={HEIGHT * (1 - height)}
            width={Math.max(1, width * WIDTH - 1)}
            height={height * HEIGHT}
          >
            <title>{`${formatNumber(from).text} to ${formatNumber(to).text}: ${formatCount(count)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption className={css.scale}>
        <span>{low}</span>
        <span>{high}</span>
      </figcaption>
    </figure>
  );
}

function asNumber(value: unknown): number | bigint | string | null {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? value : null;
}

function shapeText(shape: readonly number[]): string {
  return formatShape(shape) || 'scalar';
}
