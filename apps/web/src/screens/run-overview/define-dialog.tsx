import { type FormEvent, useState } from 'react';
import { failureText } from '../../api/failure.ts';
import type { ShownDefinitionFragment } from '../../generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, Input, Select } from '../../ui/field.tsx';
import {
  CHOICES,
  type DefinitionChange,
  type DefinitionForm,
  formOf,
  readForm,
  type Showing,
} from './definition-form.ts';
import css from './run-overview.module.css';

export interface DefineDialogProps {
  /** The metric or the glob to begin with; empty lets the person name one. */
  readonly name: string;
  readonly definitions: readonly ShownDefinitionFragment[];
  readonly metrics: readonly string[];
  readonly onSave: (change: DefinitionChange) => Promise<void>;
  readonly onClose: () => void;
}

const SHOWING: readonly (readonly [Showing, string])[] = [
  ['statistics', 'Statistics'],
  ['last', 'The last value'],
  ['nothing', 'Nothing'],
];

const MOST_SUGGESTED = 500;

/** Asks what the summary is to show of a metric, or of all that a glob matches. */
export function DefineDialog({ name, definitions, metrics, onSave, onClose }: DefineDialogProps) {
  const said = (of: string) => definitions.find((definition) => definition.name === of.trim());
  const [form, setForm] = useState<DefinitionForm>(() => formOf(name, said(name)));
  const [problem, setProblem] = useState<{ readonly field: string; readonly text: string }>();
  const [busy, setBusy] = useState(false);
  const change = (next: Partial<DefinitionForm>) => {
    setForm({ ...form, ...next });
    setProblem(undefined);
  };
  const problemOf = (field: string) => (problem?.field === field ? problem.text : undefined);
  const tick = (statistic: string, on: boolean) =>
    change({ statistics: on ? [...form.statistics, statistic] : form.statistics.filter((each) => each !== statistic) });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const read = readForm(form);
    if ('problem' in read) return setProblem({ field: read.field, text: read.problem });
    setBusy(true);
    try {
      await onSave(read.change);
      onClose();
    } catch (error) {
      setProblem({ field: 'name', text: failureText(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={name === '' ? 'Define a metric' : `Define ${name}`}
      description="The summary becomes what it would have been from the start, for finished runs too."
      open
      onClose={onClose}
    >
      <form className={css.form} onSubmit={(event) => void save(event)}>
        <Field label="Metric" hint="* stands for any text: val/* is every metric of val." problem={problemOf('name')}>
          {(control) => (
            <Input
              {...control}
              className={css.mono}
              list="metrics-of-run"
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <datalist id="metrics-of-run">
          {metrics.slice(0, MOST_SUGGESTED).map((metric) => (
            <option key={metric} value={metric} />
          ))}
        </datalist>
        <fieldset className={css.fieldset}>
          <legend>The summary shows</legend>
          {SHOWING.map(([showing, label]) => (
            <label key={showing} className={css.tick}>
              <input
                type="radio"
                name="showing"
                checked={form.showing === showing}
                onChange={() => change({ showing })}
              />
              {label}
            </label>
          ))}
        </fieldset>
        {form.showing === 'statistics' && (
          <>
            <fieldset className={css.fieldset}>
              <legend className="visually-hidden">Statistics</legend>
              <div className={css.ticks}>
                {CHOICES.map((statistic) => (
                  // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside
                  <label key={statistic} className={css.tick}>
                    <Checkbox
                      label={statistic}
                      checked={form.statistics.includes(statistic)}
                      onChange={(on) => tick(statistic, on)}
                    />
                    {statistic}
                  </label>
                ))}
              </div>
              {problemOf('statistics') && (
                <p role="alert" className={css.problem}>
                  {problemOf('statistics')}
                </p>
              )}
            </fieldset>
            <Field label="Percentiles" hint="Such as p5, p95" problem={problemOf('percentiles')}>
              {(control) => (
                <Input
                  {...control}
                  value={form.percentiles}
                  onChange={(event) => change({ percentiles: event.target.value })}
                />
              )}
            </Field>
          </>
        )}
        <div className={css.pair}>
          <Field label="Better is" problem={problemOf('goal')}>
            {(control) => (
              <Select
                {...control}
                value={form.goal}
                onChange={(event) => change({ goal: event.target.value as DefinitionForm['goal'] })}
              >
                <option value="">not said</option>
                <option value="MINIMIZE">less</option>
                <option value="MAXIMIZE">more</option>
              </Select>
            )}
          </Field>
          <Field label="Drawn over">
            {(control) => (
              <Input
                {...control}
                className={css.mono}
                list="metrics-of-run"
                placeholder="step"
                value={form.stepMetric}
                onChange={(event) => change({ stepMetric: event.target.value })}
              />
            )}
          </Field>
        </div>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
        <label className={css.tick}>
          <Checkbox label="Leave it out of charts" checked={form.hidden} onChange={(hidden) => change({ hidden })} />
          Leave it out of charts
        </label>
        {said(form.name) && (
          <fieldset className={css.fieldset}>
            <legend>It is defined already</legend>
            <label className={css.tick}>
              <input type="radio" name="replace" checked={form.replace} onChange={() => change({ replace: true })} />
              Replace that
            </label>
            <label className={css.tick}>
              <input type="radio" name="replace" checked={!form.replace} onChange={() => change({ replace: false })} />
              Add to it
            </label>
          </fieldset>
        )}
        <div className={css.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" disabled={busy}>
            Define
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
