import { randomInt } from 'node:crypto';
import type { JsonObject } from '@summa/core/json/json-value';
import { encodeStates } from '@summa/core/metric/metric-state-codec';
import { requireEntity } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { inTransaction } from '../database/in-transaction.ts';
import { createRunHistory } from '../history/history-store.ts';
import { findOrCreateProject } from '../project/create-project.ts';
import { findProjectByName } from '../project/project-store.ts';
import { prepareConfigFields } from '../run-list/config-fields.ts';
import { ServerError } from '../server-error.ts';
import { checkName, checkRunName } from '../text-input.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { resumeRun } from './resume-run.ts';
import { checkRunAttributes, distinctTags, type RunAttributes } from './run-attributes.ts';
import { readRunDocument, storedDocument } from './run-document-input.ts';
import type { RunRecord } from './run-record.ts';
import { findRunByName, insertRun, type NewRun } from './run-store.ts';

/** Whether a run that has the name already is taken up again: never (it is an error), if there is one, or only if there is one. */
export type Resume = 'NEVER' | 'ALLOW' | 'MUST';

/** What a run begins with. `config` and `metadata` are as the caller sent them. */
export interface StartRunInput extends RunAttributes {
  /** The caller's own when left out. */
  readonly entity?: string | null | undefined;
  readonly project: string;
  /** Eight random letters and digits when left out. */
  readonly name?: string | null | undefined;
  readonly resume?: Resume | null | undefined;
  readonly config?: unknown;
  readonly metadata?: unknown;
}

/** A run that was started or taken up again. */
export interface StartedRun {
  readonly run: RunRecord;
  readonly resumed: boolean;
}

/** What a start brings with it once everything in it has been checked. */
export interface RunStart {
  readonly input: StartRunInput;
  readonly name: string;
  readonly config: JsonObject;
  readonly metadata: JsonObject | null;
}

const NAME_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const NAME_LENGTH = 8;

/**
 * Starts a run, or takes up again the one that has this name, as `resume` says. A missing project is made on the way.
 *
 * A run that is taken up again is running again and keeps everything: its config is merged by top-level key, the attributes
 * that are given replace its own. Of two starts of one name at once, one makes the run and the other finds it.
 *
 * @throws ServerError INVALID_NAME, ENTITY_NOT_FOUND, FORBIDDEN, RUN_EXISTS, RUN_NOT_FOUND, and what attributes and documents may throw
 */
export async function startRun(context: RequestContext, input: StartRunInput): Promise<StartedRun> {
  const start = checkStart(input);
  const entity = await requireEntity(context, input.entity ?? context.caller.userName, 'write');
  const projectId = await projectOf(context, entity.id, input);
  const existing = await findRunByName(context.services.database.pool, projectId, start.name);
  const run = existing ?? (input.resume === 'MUST' ? undefined : await createRun(context, projectId, start));
  if (run && !existing) return { run, resumed: false };
  const known = existing ?? (await findRunByName(context.services.database.pool, projectId, start.name));
  if (!known) throw runNotFound(input.project, start.name);
  if ((input.resume ?? 'NEVER') === 'NEVER') throw runExists(input.project, start.name);
  return { run: await resumeRun(context, known, start), resumed: true };
}

function checkStart(input: StartRunInput): RunStart {
  checkName(input.project, ['project']);
  const name = input.name ?? randomRunName();
  checkRunName(name, ['name']);
  checkRunAttributes(input);
  return {
    input,
    name,
    config: readRunDocument(input.config ?? {}, ['config']),
    metadata:
      input.metadata === undefined || input.metadata === null ? null : readRunDocument(input.metadata, ['metadata']),
  };
}

async function projectOf(context: RequestContext, entityId: string, input: StartRunInput): Promise<string> {
  if (input.resume !== 'MUST') return (await findOrCreateProject(context.services, entityId, input.project)).id;
  const project = await findProjectByName(context.services.database.pool, entityId, input.project);
  if (!project) throw runNotFound(input.project, input.name ?? '');
  return project.id;
}

/** Stores the run with an empty history. @returns undefined when somebody took the name meanwhile. */
async function createRun(context: RequestContext, projectId: string, start: RunStart): Promise<RunRecord | undefined> {
  const { services, caller } = context;
  const run = newRun({ projectId, userId: caller.userId, now: services.clock() }, start);
  const ref = { projectId, runId: run.id };
  const writeFields = await prepareConfigFields(services, ref, start.config);
  const isStored = await inTransaction(services.database.pool, 'write', async (client) => {
    if (!(await insertRun(client, run))) return false;
    await createRunHistory(client, ref, { emptyState: encodeStates(new Map()), at: run.at });
    await writeFields(client);
    return true;
  });
  return isStored ? findRunByName(services.database.pool, projectId, run.name) : undefined;
}

function newRun(
  where: { projectId: string; userId: string; now: Date },
  { input, name, config, metadata }: RunStart,
): NewRun {
  return {
    projectId: where.projectId,
    id: uuidV7(where.now),
    name,
    displayName: input.displayName ?? name,
    userId: where.userId,
    group: input.group ?? null,
    jobType: input.jobType ?? null,
    tags: distinctTags(input.tags ?? []),
    notes: input.notes ?? '',
    config: storedDocument(config),
    metadata: storedDocument(metadata ?? {}),
    at: where.now,
  };
}

function randomRunName(): string {
  return Array.from({ length: NAME_LENGTH }, () => NAME_LETTERS[randomInt(NAME_LETTERS.length)]).join('');
}

function runExists(project: string, name: string): ServerError {
  const message = `project "${project}" already has a run "${name}"; choose another name, or resume it with resume: ALLOW`;
  return new ServerError('RUN_EXISTS', message, ['name']);
}

function runNotFound(project: string, name: string): ServerError {
  const message = `project "${project}" has no run "${name}" to resume; check the name, or start it with resume: ALLOW`;
  return new ServerError('RUN_NOT_FOUND', message, ['name']);
}
