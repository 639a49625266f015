import type { JsonObject, JsonValue } from '@summa/core/json/json-value';
import type { RunFieldsFragment } from '../../generated/graphql.ts';

/** A run as programs get it: the fields of the API, with names where the API has objects. */
export function runJson(run: RunFieldsFragment): JsonObject {
  const { name, displayName, state, exitCode, tags, notes, group, jobType, path, url, readOnly } = run;
  const { createdAt, startedAt, heartbeatAt, finishedAt, lastStep } = run;
  const fields: Record<string, JsonValue | undefined> = {
    ...{ entity: run.entity.name, project: run.project.name, name, displayName, state, exitCode, user: run.user?.name },
    ...{ tags, notes, group, jobType, createdAt, startedAt, heartbeatAt, finishedAt, lastStep, path, url, readOnly },
  };
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? null]));
}
