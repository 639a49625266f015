import { formatRunId } from '../../graphql/node-id.ts';
import { ProjectRef, RunRef, UserRef } from './refs.ts';

RunRef.implement({
  fields: (t) => ({
    id: t.id({ nullable: false, resolve: (run) => formatRunId(run) }),
    name: t.exposeString('name', { nullable: false }),
    displayName: t.exposeString('displayName'),
    state: t.exposeString('state'),
    sweepName: t.string({ resolve: () => null }),
    tags: t.stringList({ resolve: (run) => [...run.tags] }),
    notes: t.exposeString('notes'),
    group: t.exposeString('group', { nullable: true }),
    jobType: t.exposeString('jobType', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false }),
    heartbeatAt: t.expose('heartbeatAt', { type: 'DateTime' }),
    user: t.field({ type: UserRef, resolve: (run, _args, { loaders }) => loaders.users.load(run.userId) }),
    project: t.field({ type: ProjectRef, resolve: (run, _args, { loaders }) => loaders.projects.load(run.projectId) }),
  }),
});
