import type { JsonValue } from '@summa/client';
import { formatJson } from '@summa/core/json/format-json';
import { countOf, formatCount, formatNumber } from '../../format/format-number.ts';
import { classNames } from '../../ui/class-names.ts';
import { Missing } from '../../ui/number-text.tsx';
import type { TableContent } from './parse-table.ts';
import css from './run-files.module.css';

const MOST_CHARACTERS = 300;
const DRAWN_ROWS = 500;

/** The rows of a table, the first of many. */
export function TablePreview({ table }: { readonly table: TableContent }) {
  const { columns, rows, hasMore } = table;
  const drawn = rows.slice(0, DRAWN_ROWS);
  const isMore = hasMore || rows.length > drawn.length;
  return (
    <>
      <p className={css.note}>
        {isMore ? `The first ${formatCount(drawn.length)} rows` : countOf(rows.length, 'row')},{' '}
        {countOf(columns.length, 'column')}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard */}
      <section className={css.tableScroll} tabIndex={0} aria-label="Table">
        <table className={css.dataTable}>
          <thead>
            <tr>
              {columns.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name and never change places
                <th key={i} scope="col" title={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name and never change places
              <tr key={i}>
                {columns.map((_, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <Cell key={j} value={row[j]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Cell({ value }: { readonly value: JsonValue | undefined }) {
  if (value === undefined || value === null || value === '') {
    return (
      <td>
        <Missing />
      </td>
    );
  }
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || isNumeric(value);
  const full = typeof value === 'string' ? value : typeof value === 'object' ? formatJson(value) : String(value);
  const text = isNumber ? formatNumber(value as number | bigint | string).text : full.slice(0, MOST_CHARACTERS);
  return (
    <td className={classNames(isNumber && css.cellNumber)} title={text === full ? undefined : full.slice(0, 2_000)}>
      {text}
    </td>
  );
}

function isNumeric(value: JsonValue): value is string {
  return typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) && value.length < 40;
}
