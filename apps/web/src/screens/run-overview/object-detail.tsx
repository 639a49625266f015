import { toNumbers } from '@summa/client/query';
import type { JsonValue } from '@summa/core/json/json-value';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { found } from '../../api/failure.ts';
import { apiQuery } from '../../api/query.ts';
import { QueryPart } from '../../app/query-part.tsx';
import { countOf, formatCount } from '../../format/format-number.ts';
import { formatShape } from '../../format/format-shape.ts';
import { TensorSliceDocument, ValueDetailDocument, type ValueDetailQuery } from '../../generated/graphql.ts';
import { useLiveByRevision } from '../../live/live.ts';
import { useRunPulse } from '../../live/pulse.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Bytes } from '../../ui/bytes.tsx';
import { NumberText } from '../../ui/number-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Bars } from './bars.tsx';
import { LongValue } from './long-value.tsx';
import { MediaPreview } from './media-preview.tsx';
import type { OfKey } from './metric-detail.tsx';
import css from './run-overview.module.css';
import { valueRows } from './tensor-values.ts';

type Value = NonNullable<NonNullable<ValueDetailQuery['run']>['summary']['value']>;
type Tensor = Extract<Value, { __typename: 'TensorValue' }>;

export interface ObjectDetailProps extends OfKey {
  readonly object: JsonValue;
}

/** A tensor, a histogram or media drawn; any other object as JSON. */
export function ObjectDetail({ name, at, object }: ObjectDetailProps) {
  const { entity, project, run } = name;
  const options = apiQuery(['run', entity, project, run, 'value', at], ValueDetailDocument, { ...name, key: at });
  const query = useQuery({ ...options, select: (data) => found(data.run, `run "${run}"`) });
  useLiveByRevision(options.queryKey, { shown: query.data?.revision, newest: useRunPulse(name).data?.revision });
  return (
    <QueryPart query={query} pending={<Skeleton lines={5} height={16} />}>
      {({ summary: { value } }) => {
        switch (value?.__typename) {
          case 'TensorValue':
            return <TensorDetail name={name} at={at} tensor={value} />;
          case 'HistogramValue':
            return (
              <Bars
                label={`Histogram of ${at}`}
                counts={[...toNumbers(value.counts)]}
                edges={[...toNumbers(value.edges)]}
              />
            );
          case 'MediaValue':
            return (
              <div className={css.media}>
                {value.file ? (
                  <>
                    <MediaPreview file={value.file} type={value.type} caption={value.caption} />
                    <FileLink file={value.file} />
                  </>
                ) : (
                  <p className={css.note}>The run has no such file, or another one at its path.</p>
                )}
                {value.caption !== null && <p>{value.caption}</p>}
              </div>
            );
          default:
            return <LongValue value={object} label={`Copy ${at}`} />;
        }
      }}
    </QueryPart>
  );
}

function FileLink({ file }: { readonly file: { readonly path: string; readonly size: number; readonly url: string } }) {
  return (
    <div className={css.file}>
      <a className={buttonClass()} href={file.url} download={file.path.slice(file.path.lastIndexOf('/') + 1)}>
        <Download aria-hidden />
        Download
      </a>
      <span className={css.path}>{file.path}</span>
      <Bytes count={file.size} />
    </div>
  );
}

const PERCENTS = ['p1', 'p25', 'median', 'p75', 'p99'];

function TensorDetail({ name, at, tensor }: OfKey & { readonly tensor: Tensor }) {
  const counts = [
    ['NaN', tensor.nanCount],
    ['∞', tensor.posInfCount],
    ['-∞', tensor.negInfCount],
    ['zero', tensor.zeroCount],
  ] as const;
  const numbers = [
    ['min', tensor.min],
    ['max', tensor.max],
    ['mean', tensor.mean],
    ['stddev', tensor.variance === null ? null : Math.sqrt(Number(tensor.variance))],
    ...PERCENTS.map((percent, index) => [percent, tensor.percentiles[index]] as const),
  ] as const;
  return (
    <div className={css.tensor}>
      <dl className={css.spread}>
        <div>
          <dt>type</dt>
          <dd>{tensor.dtype ?? tensor.type}</dd>
        </div>
        <div>
          <dt>shape</dt>
          <dd>{tensor.shape ? formatShape(tensor.shape) || 'one number' : 'not said'}</dd>
        </div>
        <div>
          <dt>values</dt>
          <dd>{formatCount(tensor.size)}</dd>
        </div>
        {numbers.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <NumberText value={value as number | bigint | null | undefined} />
            </dd>
          </div>
        ))}
        {counts.map(
          ([label, count]) =>
            count !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={count > 0 && label !== 'zero' ? css.warn : undefined}>{formatCount(count)}</dd>
              </div>
            ),
        )}
      </dl>
      {tensor.histogram && (
        <Bars
          label={`Histogram of ${at}`}
          counts={[...toNumbers(tensor.histogram.counts)]}
          edges={[...toNumbers(tensor.histogram.edges)]}
        />
      )}
      {tensor.file ? (
        <>
          <TensorValues name={name} at={at} size={tensor.size} />
          <FileLink file={tensor.file} />
        </>
      ) : (
        <p className={css.note}>Only its statistics were kept: the run has no file with the values.</p>
      )}
    </div>
  );
}

const PAGE = 256;

function TensorValues({ name, at, size }: OfKey & { readonly size: number }) {
  const [offset, setOffset] = useState<number>();
  const { entity, project, run } = name;
  const key = ['run', entity, project, run, 'slice', at, offset];
  const query = useQuery({
    ...apiQuery(key, TensorSliceDocument, { ...name, key: at, offset: offset ?? 0, first: PAGE }),
    enabled: offset !== undefined,
  });
  if (offset === undefined) {
    return (
      <div>
        <Button onClick={() => setOffset(0)}>Show its values</Button>
      </div>
    );
  }
  return (
    <QueryPart query={query} pending={<Skeleton lines={8} height={16} />}>
      {({ run: shown }) => {
        const value = shown?.summary.value;
        const values = value && 'values' in value ? (value.values ?? []) : [];
        const shape = value && 'tensor' in value ? (value.tensor?.shape ?? []) : [];
        const last = Math.min(size, offset + PAGE);
        return (
          <div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
            <section className={css.slice} tabIndex={0} aria-label={`Values of ${at}`}>
              <table>
                <tbody>
                  {valueRows(values, shape, offset).map((row) => (
                    <tr key={row.place}>
                      <th scope="row">{row.place}</th>
                      {row.values.map((each, index) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a value is its place
                        <td key={index} className={css.right}>
                          <NumberText value={each as number} aligned />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <div className={css.pager}>
              <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                Before
              </Button>
              <Button disabled={last >= size} onClick={() => setOffset(offset + PAGE)}>
                After
              </Button>
              <span className={css.note}>
                {formatCount(offset)} to {formatCount(last - 1)} of {countOf(size, 'value')}
              </span>
            </div>
          </div>
        );
      }}
    </QueryPart>
  );
}
