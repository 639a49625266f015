import { ChevronDown, Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { Popover } from '../../ui/popover.tsx';
import { type Column, columnId, columnTarget, columnWords } from './column.ts';
import { ColumnChooser, chooserId } from './column-chooser.tsx';
import {
  type Condition,
  type FilterGroup,
  type FilterNode,
  newCondition,
  OPERATORS,
  type OperatorName,
  operatorsOf,
  readOperand,
} from './filter-tree.ts';
import { StatisticSelect } from './statistic-select.tsx';
import css from './toolbar.module.css';

const KINDS = [
  ['all', 'All of these hold'],
  ['any', 'At least one of these holds'],
  ['none', 'None of these holds'],
] as const;
const STATES = [
  ['RUNNING', 'Running'],
  ['FINISHED', 'Finished'],
  ['FAILED', 'Failed'],
  ['CRASHED', 'Crashed'],
] as const;
const canFilter = (column: Column) => columnTarget(column) !== null;
const NONE: ReadonlySet<string> = new Set();

export interface FilterEditorProps {
  readonly group: FilterGroup;
  readonly onChange: (group: FilterGroup) => void;
  /** Takes the group away; absent for the outermost. */
  readonly onRemove?: () => void;
}

/** A tree of conditions that one builds: groups of which all, one or none must hold, within each other. */
export function FilterEditor({ group, onChange, onRemove }: FilterEditorProps) {
  const setItem = (at: number, item: FilterNode | null) =>
    onChange({ ...group, items: group.items.flatMap((each, index) => (index !== at ? each : (item ?? []))) });
  return (
    <fieldset className={css.group}>
      <legend className="visually-hidden">Conditions</legend>
      <div className={css.groupHead}>
        <Select
          aria-label="How the conditions are joined"
          value={group.kind}
          onChange={(event) => onChange({ ...group, kind: event.target.value as FilterGroup['kind'] })}
        >
          {KINDS.map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </Select>
        {onRemove && (
          <IconButton label="Remove this group" onClick={onRemove}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      {group.items.map((item, at) => {
        // Conditions have nothing of their own that would tell them apart: each is where it stands.
        const key = String(at);
        const change = (next: FilterNode) => setItem(at, next);
        const remove = () => setItem(at, null);
        return item.kind === 'condition' ? (
          <ConditionEditor key={key} condition={item} onChange={change} onRemove={remove} />
        ) : (
          <FilterEditor key={key} group={item} onChange={change} onRemove={remove} />
        );
      })}
      <div className={css.adders}>
        <ColumnButton
          label="Add a condition"
          onChoose={(column) => onChange({ ...group, items: [...group.items, newCondition(column)] })}
        />
        <Button
          look="quiet"
          onClick={() => onChange({ ...group, items: [...group.items, { kind: 'any', items: [] }] })}
        >
          <Plus aria-hidden />
          Group
        </Button>
      </div>
    </fieldset>
  );
}

interface ColumnButtonProps {
  readonly label: string;
  readonly column?: Column;
  readonly onChoose: (column: Column) => void;
}

function ColumnButton({ label, column, onChoose }: ColumnButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          look={column ? 'plain' : 'quiet'}
          className={column ? css.columnButton : undefined}
          title={column && columnWords(column)}
        >
          {column ? (
            <span className={css.columnText}>{column.kind === 'field' ? columnWords(column) : column.key}</span>
          ) : (
            <>
              <Plus aria-hidden />
              {label}
            </>
          )}
          {column && <ChevronDown aria-hidden />}
        </Button>
      }
    >
      <ColumnChooser
        label="Search columns"
        allows={canFilter}
        chosen={column ? new Set([chooserId(column)]) : NONE}
        onChoose={(next) => {
          setOpen(false);
          onChoose(next);
        }}
      />
    </Popover>
  );
}

interface ConditionEditorProps {
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

function ConditionEditor({ condition, onChange, onRemove }: ConditionEditorProps) {
  const { column, operator, operand } = condition;
  const name = columnWords(column);
  const operators = OPERATORS.filter((each) => operatorsOf(column).includes(each.name));
  const setOperator = (next: OperatorName | 'missing') => {
    if (next === 'missing') onChange({ ...condition, operator: 'exists', operand: false });
    else if (next === 'exists') onChange({ ...condition, operator: next, operand: true });
    else onChange({ ...condition, operator: next, operand: operator === 'exists' ? '' : operand });
  };
  return (
    <div className={css.condition}>
      <ColumnButton label={`Column: ${name}`} column={column} onChoose={(next) => onChange(newCondition(next))} />
      {column.kind === 'summary' && (
        <StatisticSelect column={column} onChange={(next) => onChange({ ...condition, column: next })} />
      )}
      <Select
        aria-label={`Comparison of ${name}`}
        value={operator === 'exists' && operand === false ? 'missing' : operator}
        onChange={(event) => setOperator(event.target.value as OperatorName | 'missing')}
      >
        {operators.map(({ name: each, words }) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
        {operators.some((each) => each.name === 'exists') && <option value="missing">is missing</option>}
      </Select>
      {operator !== 'exists' && <OperandInput key={columnId(column)} condition={condition} onChange={onChange} />}
      <IconButton label={`Remove the condition on ${name}`} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function OperandInput({ condition, onChange }: Pick<ConditionEditorProps, 'condition' | 'onChange'>) {
  const { column, operand } = condition;
  const [typed, setTyped] = useState(() => typedOperand(operand));
  const hintId = useId();
  const name = `Value of ${columnWords(column)}`;
  if (column.kind === 'field' && column.field === 'state') {
    return (
      <Select
        aria-label={name}
        value={String(operand)}
        onChange={(event) => onChange({ ...condition, operand: event.target.value })}
      >
        {STATES.map(([state, words]) => (
          <option key={state} value={state}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  const isText = isTextual(condition);
  return (
    <>
      <Input
        className={css.operand}
        aria-label={name}
        aria-describedby={hintId}
        placeholder={placeholderOf(condition)}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange({ ...condition, operand: isText ? event.target.value : readOperand(event.target.value) });
        }}
      />
      <span id={hintId} className="visually-hidden">
        {isText ? 'Text' : 'A number, true, false, or text; text in quotes stays text'}
      </span>
    </>
  );
}

/** Whether what is typed is always a text. */
function isTextual({ column, operator }: Condition): boolean {
  if (['contains', 'startsWith', 'matches'].includes(operator)) return true;
  return column.kind === 'field' && column.field !== 'step';
}

function placeholderOf({ column, operator }: Condition): string {
  if (operator === 'matches') return '^adam-[0-9]+$';
  if (column.kind === 'field' && ['created', 'started', 'finished', 'heard'].includes(column.field))
    return '2026-11-25';
  return 'value';
}

/** What somebody would type for an operand; a text that looks like a number in quotes. */
function typedOperand(operand: Condition['operand']): string {
  return typeof operand === 'string' && typeof readOperand(operand) !== 'string' ? `"${operand}"` : String(operand);
}
