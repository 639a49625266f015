import { isJsonObject, type JsonObject } from '@summa/core/json/json-value';
import { parseJson } from '@summa/core/json/parse-json';
import { ServerError } from '../../server-error.ts';

/** The config of a run as the client sends it, taken apart. */
export interface ClientConfig {
  /** What people configured. */
  readonly values: JsonObject;
  /** What the client keeps there for itself: versions, telemetry, metric definitions. */
  readonly own: JsonObject;
}

const OWN_KEYS = new Set(['_wandb', 'wandb_version']);

/**
 * Reads the config text of the client: `{ "lr": { "value": 0.1, "desc": null }, "_wandb": { "value": {…} } }`. An entry without
 * `value` is its own value.
 *
 * @throws SummaError INVALID_JSON; ServerError INVALID_INPUT when it is not an object
 */
export function readConfig(text: string): ClientConfig {
  const read = parseJson(text);
  if (!isJsonObject(read)) throw new ServerError('INVALID_INPUT', 'config must be a JSON object', ['config']);
  const values = Object.entries(read).filter(([key]) => !OWN_KEYS.has(key));
  const own = contentOf(read._wandb ?? null);
  return {
    values: Object.fromEntries(values.map(([key, entry]) => [key, contentOf(entry)])),
    own: isJsonObject(own) ? own : {},
  };
}

/** The run and the last of its steps from which a run goes on, as the client writes it into its part of the config. */
export function readBranchPoint(own: JsonObject): { readonly run: string; readonly step: number } | null {
  const point = own.branch_point;
  if (!isJsonObject(point) || typeof point.run_id !== 'string') return null;
  const { run_id: run, step } = point;
  return typeof step === 'number' && Number.isSafeInteger(step) && step >= 0 ? { run, step } : null;
}

function contentOf(entry: JsonObject[string]): JsonObject[string] {
  return isJsonObject(entry) && Object.hasOwn(entry, 'value') ? (entry.value ?? null) : entry;
}

/** The config text that the client reads back: what `readConfig` took apart. */
export function writeConfig({ values, own }: ClientConfig): JsonObject {
  const entries = Object.entries(values).map(([key, value]) => [key, { value, desc: null }]);
  return { ...Object.fromEntries(entries), _wandb: { value: own, desc: null } };
}
