import { parseJson } from '@summa/core/json/parse-json';
import { useQuery } from '@tanstack/react-query';
import { QueryPart } from '../../app/query-part.tsx';
import { countOf } from '../../format/format-number.ts';
import { NumberText } from '../../ui/number-text.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { readTable } from './read-table.ts';
import css from './run-overview.module.css';
import { oneLine } from './value-form.ts';

export interface MediaPreviewProps {
  readonly file: {
    readonly id: string;
    readonly path: string;
    readonly size: number;
    readonly url: string;
    readonly contentType: string;
  };
  /** As `_type` says: "image-file", "table-file". */
  readonly type: string;
  readonly caption: string | null;
}

const LARGEST_TABLE = 4 * 1024 * 1024;

/** An image, a sound, a film or a table as it is; nothing for what only can be downloaded. */
export function MediaPreview({ file, type, caption }: MediaPreviewProps) {
  if (file.contentType.startsWith('image/')) {
    return <img className={css.image} src={file.url} alt={caption ?? file.path} loading="lazy" />;
  }
  if (/table/.test(type) && file.size <= LARGEST_TABLE) return <TablePreview file={file} />;
  return null;
}

const MOST_ROWS = 50;

function TablePreview({ file }: Pick<MediaPreviewProps, 'file'>) {
  const query = useQuery({
    queryKey: ['file', file.id, file.url],
    queryFn: async ({ signal }) => readTable(parseJson(await (await fetch(file.url, { signal })).text())),
  });
  return (
    <QueryPart query={query} pending={<Skeleton lines={5} height={16} />}>
      {(table) =>
        table === null ? (
          <p className={css.note}>The file is no table.</p>
        ) : (
          <div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
            <section className={css.slice} tabIndex={0} aria-label={`Table ${file.path}`}>
              <table>
                <thead>
                  <tr>
                    {table.columns.map((column, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns may have equal names
                      <th key={index} scope="col">
                        {oneLine(column, 40)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.data.slice(0, MOST_ROWS).map((row, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
                    <tr key={index}>
                      {row.map((cell, column) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                        <td key={column} className={typeof cell === 'number' ? css.right : undefined}>
                          {typeof cell === 'number' ? <NumberText value={cell} aligned /> : oneLine(cell, 60)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            {table.data.length > MOST_ROWS && (
              <p className={css.note}>
                The first {MOST_ROWS} of {countOf(table.data.length, 'row')}.
              </p>
            )}
          </div>
        )
      }
    </QueryPart>
  );
}
