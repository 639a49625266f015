import { formatJson } from '@summa/core/json/format-json';
import type { JsonObject } from '@summa/core/json/json-value';
import { parseJsonObject } from '@summa/core/json/parse-json';
import { SummaError } from '@summa/core/summa-error';
import { clearLoaders } from '../../access/loaders.ts';
import { requireRun } from '../../access/project-access.ts';
import type { RequestContext } from '../../access/request-context.ts';
import { parseRunId } from '../../graphql/node-id.ts';
import { type ForkPoint, forkHistory } from '../../history/fork-history.ts';
import { defineMetric } from '../../metric/define-metric.ts';
import { changeRun, type RunChange } from '../../run/change-run.ts';
import { checkRunAttributes, distinctTags } from '../../run/run-attributes.ts';
import { mergeRunDocument } from '../../run/run-document-input.ts';
import { type RunRecord, refOf } from '../../run/run-record.ts';
import { startRun } from '../../run/start-run.ts';
import type { RunRef } from '../../services.ts';
import { writeEditedSummary } from '../public/write-edited-summary.ts';
import { findRunNamed, requireRunNamed } from '../schema/find-run.ts';
import { randomDisplayName } from './display-name.ts';
import { type ClientConfig, readBranchPoint, readConfig } from './read-config.ts';
import { changedDefinitions, readDefinitions } from './read-definitions.ts';
import { findWandbRun, storeWandbRun, type WandbRun } from './wandb-run-store.ts';

type Text = string | null | undefined;

/** What the client says of a run; null and undefined leave as it is what is there. */
export interface UpsertInput {
  /** The node id of a run, where the client knows it; else `name`, `modelName` and `entityName` say which. */
  readonly id?: Text;
  readonly name?: Text;
  readonly modelName?: Text;
  readonly entityName?: Text;
  readonly groupName?: Text;
  readonly displayName?: Text;
  readonly description?: Text;
  readonly notes?: Text;
  readonly jobType?: Text;
  readonly tags?: readonly string[] | null | undefined;
  /** The whole config as JSON text. */
  readonly config?: Text;
  /** The whole summary as JSON text. */
  readonly summaryMetrics?: Text;
  readonly commit?: Text;
  readonly host?: Text;
  readonly jobProgram?: Text;
  readonly jobRepo?: Text;
  readonly sweep?: Text;
}

/** A run as it is after an upsert. */
export interface UpsertedRun {
  readonly run: RunRecord;
  /** Whether it was made by this. */
  readonly inserted: boolean;
}

const DEFAULT_PROJECT = 'uncategorized';
/** What only the first request of a process says. */
const OF_PROCESS = ['host', 'jobProgram', 'jobRepo', 'commit', 'sweep'] as const;

/**
 * Makes a run, takes it up again, or changes it: the client has one operation for all three. A missing project is made on the way.
 *
 * The first request of a process, which says where it runs, makes a run that has ended running again. The config replaces what the
 * client sent before; keys that were set through our own API stay. The definitions in it that have changed become ours. A run that
 * was forked begins with the rows of the other run.
 *
 * @throws SummaError for what is wrong with a name, a text or a document; ServerError RUN_NOT_FOUND, FORBIDDEN
 */
export async function upsertRun(context: RequestContext, given: UpsertInput): Promise<UpsertedRun> {
  const input = withoutNul(given);
  checkRunAttributes(input);
  const config = input.config ? readConfig(input.config) : null;
  const existing = await findExisting(context, input);
  const fork = existing?.lastStep == null && config ? await findForkPoint(context, input, config) : null;
  const run = existing ?? (await makeRun(context, input));
  const ref = refOf(run);
  if (fork) await forkHistory(context.services, ref, fork);
  const begins = OF_PROCESS.some((name) => input[name]);
  const before = await findWandbRun(context.services.database.pool, ref);
  await changeRun(context.services, ref, ({ config: stored }) =>
    changeOf(context, { input, config, begins, before, stored }),
  );
  if (config) await defineAll(context, ref, { before, config });
  await storeWandbRun(context.services.database.pool, ref, ownChanges(input, { config, begins, before }));
  if (input.summaryMetrics) await writeEditedSummary(context, run, input.summaryMetrics);
  clearLoaders(context.loaders);
  return { run: await requireRun(context, ref, 'write'), inserted: !existing };
}

async function findExisting(context: RequestContext, input: UpsertInput): Promise<RunRecord | null> {
  if (input.id) return requireRun(context, parseRunId(input.id, ['id']), 'write');
  const names = { entity: input.entityName, project: input.modelName || DEFAULT_PROJECT, run: input.name ?? '' };
  return input.name ? findRunNamed(context, names, 'write') : null;
}

async function makeRun(context: RequestContext, input: UpsertInput): Promise<RunRecord> {
  const { run } = await startRun(context, {
    entity: input.entityName || null,
    project: input.modelName || DEFAULT_PROJECT,
    name: input.name || null,
    displayName: input.displayName || randomDisplayName(),
    resume: 'ALLOW',
  });
  clearLoaders(context.loaders);
  return run;
}

/**
 * The run whose rows a new one begins with, and their last step; null when it begins with none.
 *
 * @throws ServerError RUN_NOT_FOUND when there is no such run in the project
 */
async function findForkPoint(
  context: RequestContext,
  input: UpsertInput,
  config: ClientConfig,
): Promise<ForkPoint | null> {
  const point = readBranchPoint(config.own);
  if (!point || point.run === input.name) return null;
  const names = { entity: input.entityName, project: input.modelName || DEFAULT_PROJECT, run: point.run };
  const { id } = await requireRunNamed(context, names, 'write');
  return { sourceId: id, step: point.step };
}

interface Upsert {
  readonly config: ClientConfig | null;
  readonly begins: boolean;
  readonly before: WandbRun;
}

function changeOf(
  { services }: RequestContext,
  { input, config, begins, before, stored }: Upsert & { input: UpsertInput; stored: JsonObject },
): RunChange {
  const again = { state: 'running', exitCode: null, finishedAt: null } as const;
  const gone = config ? before.configKeys.filter((key) => !Object.hasOwn(config.values, key)) : [];
  return {
    changes: {
      ...(begins && { ...again, startedAt: services.clock() }),
      displayName: input.displayName || undefined,
      group: input.groupName ?? undefined,
      jobType: input.jobType ?? undefined,
      tags: input.tags ? distinctTags(input.tags) : undefined,
      notes: input.notes ?? undefined,
    },
    config: config ? mergeRunDocument(stored, { set: config.values, remove: gone, path: ['config'] }) : null,
    heard: begins,
  };
}

/** What the door itself keeps of what was said. */
function ownChanges(input: UpsertInput, { config, begins, before }: Upsert): Partial<WandbRun> {
  const said = [...OF_PROCESS, 'description' as const].flatMap((name) => (input[name] ? [[name, input[name]]] : []));
  return {
    ...(config && { wandbConfig: formatJson(config.own), configKeys: Object.keys(config.values).filter(isStorable) }),
    ...(said.length > 0 && {
      attributes: formatJson({ ...parseJsonObject(before.attributes), ...Object.fromEntries(said) }),
    }),
    ...(begins && { stopRequested: false }),
  };
}

/** Defines what the client has defined otherwise than before; a definition that our log would refuse is left out. */
async function defineAll(
  { services }: RequestContext,
  ref: RunRef,
  { before, config }: { before: WandbRun; config: ClientConfig },
): Promise<void> {
  const known = readDefinitions(parseJsonObject(before.wandbConfig) ?? {});
  for (const definition of changedDefinitions(known, readDefinitions(config.own))) {
    try {
      await defineMetric(services, ref, definition);
    } catch (error) {
      if (!(error instanceof SummaError)) throw error;
      services.log.warn({ ...ref, reason: error.message }, 'a metric definition of the W&B client was left out');
    }
  }
}

/** A key with NUL stays in the config, where it is JSON, but not in the list of keys: it is only replaced, never taken away. */
function isStorable(key: string): boolean {
  return !key.includes('\0');
}

/** Postgres has no NUL in texts. In JSON it is written as an escape, and stays. */
function withoutNul(input: UpsertInput): UpsertInput {
  const clean = (text: string) => text.replaceAll('\0', '�');
  const entries = Object.entries(input).map(([name, value]) => {
    if (typeof value === 'string') return [name, clean(value)];
    return [name, Array.isArray(value) ? value.map((item) => clean(String(item))) : value];
  });
  // Each value was made of the one of its own name.
  return Object.fromEntries(entries) as UpsertInput;
}
