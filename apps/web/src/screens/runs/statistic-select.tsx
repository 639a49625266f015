import { Select } from '../../ui/field.tsx';
import { type Column, STATISTICS } from './column.ts';

type SummaryColumn = Extract<Column, { readonly kind: 'summary' }>;

export interface StatisticSelectProps {
  readonly column: SummaryColumn;
  readonly onChange: (column: SummaryColumn) => void;
}

/** Chooses the statistic of a column of the summary. */
export function StatisticSelect({ column, onChange }: StatisticSelectProps) {
  return (
    <Select
      aria-label={`Statistic of ${column.key}`}
      value={column.statistic}
      onChange={(event) => {
        const statistic = STATISTICS.find(([each]) => each === event.target.value)?.[0] ?? 'VALUE';
        onChange({ ...column, statistic });
      }}
    >
      {STATISTICS.map(([statistic, words]) => (
        <option key={statistic} value={statistic}>
          {words}
        </option>
      ))}
    </Select>
  );
}
