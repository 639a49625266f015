import type { JsonObject, JsonValue } from '@summa/core/json/json-value';

/** What `define_metric` is given beside the name. */
export interface DefineArguments {
  readonly summary?: string;
  readonly step_metric?: string;
  readonly step_sync?: boolean;
  readonly hidden?: boolean;
  readonly overwrite?: boolean;
}

/** One call of the client. */
export type Operation =
  | {
      readonly do: 'log';
      readonly values: JsonObject;
      readonly how: { readonly step?: number; readonly commit?: boolean };
    }
  | { readonly do: 'define'; readonly name: string; readonly how: DefineArguments }
  | { readonly do: 'write'; readonly path: readonly string[]; readonly value: JsonValue }
  | { readonly do: 'update'; readonly values: JsonObject }
  | { readonly do: 'delete'; readonly path: readonly string[] };

/** `run.log(values, step=…, commit=…)` */
export function log(values: JsonObject, how: { readonly step?: number; readonly commit?: boolean } = {}): Operation {
  return { do: 'log', values, how };
}

/** `run.define_metric(name, summary=…)` */
export function define(name: string, summary?: string, how: DefineArguments = {}): Operation {
  return { do: 'define', name, how: { ...(summary !== undefined && { summary }), ...how } };
}

/** `run.summary[…][…] = value` */
export function write(path: readonly string[], value: JsonValue): Operation {
  return { do: 'write', path, value };
}

/** `del run.summary[…][…]` */
export function remove(...path: readonly string[]): Operation {
  return { do: 'delete', path };
}
