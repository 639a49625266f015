import type { EntityRecord } from '../../access/entity-store.ts';
import type { UserRecord } from '../../access/user-store.ts';
import type { ProjectRecord } from '../../project/project-store.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { builder } from './builder.ts';

/** W&B's `User`. */
export const UserRef = builder.objectRef<UserRecord>('User');
/** W&B's `Entity`. */
export const EntityRef = builder.objectRef<EntityRecord>('Entity');
/** W&B's `Project`, also known to its client as model. */
export const ProjectRef = builder.objectRef<ProjectRecord>('Project');
/** W&B's `Run`, also known to its client as bucket. Its `name` is the run's id within the project, its `id` our node id. */
export const RunRef = builder.objectRef<RunRecord>('Run');
