import type { ApiKeyRecord } from '../access/api-key-store.ts';
import type { EntityRecord } from '../access/entity-store.ts';
import type { UserRecord } from '../access/user-store.ts';
import type { FileRecord } from '../file/file-store.ts';
import type { ProjectRecord } from '../project/project-store.ts';
import type { RunRecord } from '../run/run-record.ts';
import { builder } from './builder.ts';

/** Anything that can be asked for again by its id. */
export const NodeRef = builder.interfaceRef<object>('Node').implement({
  description: 'Something that can be asked for again by its id, with `Query.node`.',
  fields: (t) => ({
    id: t.id({
      description: 'Names this thing among all things of this server. It never changes and never names anything else.',
      resolve: () => {
        throw new Error('every type that implements Node has its own id');
      },
    }),
  }),
});

// The types refer to each other, so their names stand here and their fields in the folder of each noun.
export const UserRef = builder.objectRef<UserRecord>('User');
export const ApiKeyRef = builder.objectRef<ApiKeyRecord>('ApiKey');
export const EntityRef = builder.objectRef<EntityRecord>('Entity');
export const ProjectRef = builder.objectRef<ProjectRecord>('Project');
export const RunRef = builder.objectRef<RunRecord>('Run');
export const FileRef = builder.objectRef<FileRecord>('File');
