import type { ExplicitEntry } from '@summa/core/summary/explicit-entry';
import { builder } from '../graphql/builder.ts';
import { ExplicitValueType } from './explicit-value-type.ts';
import type { SummaryView } from './summary-view.ts';

/** A value that a summary shows, with where it stands and who set it, if anybody did. */
export interface Shown<Value> {
  readonly value: Value;
  readonly explicit: ExplicitEntry | null;
  readonly view: SummaryView;
  readonly key: string;
}

type ValueFields<Value> = Parameters<ReturnType<typeof builder.objectRef<Shown<Value>>>['implement']>[0]['fields'];

/** A member of the union of what a summary may show: the fields given, and who set the value. */
export function valueType<Value>(name: string, description: string, fields: NonNullable<ValueFields<Value>>) {
  return builder.objectRef<Shown<Value>>(name).implement({
    description,
    fields: (t) => ({
      ...fields(t),
      explicit: t.field({
        type: ExplicitValueType,
        nullable: true,
        description: 'The value set by hand that is shown here. It is null when the value was logged.',
        resolve: (shown) => shown.explicit,
      }),
    }),
  });
}
