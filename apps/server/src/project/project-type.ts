import { MAX_DEFINITIONS } from '@summa/core/metric/add-definition';
import { isReadOnly } from '../access/project-access.ts';
import type { RequestContext } from '../access/request-context.ts';
import { connectionType } from '../graphql/connection-type.ts';
import { formatNodeId } from '../graphql/node-id.ts';
import { EntityRef, NodeRef, ProjectRef, RunRef } from '../graphql/node-refs.ts';
import { forwardArguments, pageArguments } from '../graphql/page-arguments.ts';
import { selects } from '../graphql/selects.ts';
import { findProjectDefinitions } from '../metric/definition-store.ts';
import { KeyConnection, KeySectionType } from '../metric/key-type.ts';
import { listKeys } from '../metric/list-keys.ts';
import { MetricDefinitionType } from '../metric/metric-definition-type.ts';
import { addColumns } from '../run/run-column-type.ts';
import { readRunFilter, readRunOrder } from '../run/run-filter-input.ts';
import { RunFilterInput, RunOrderInput } from '../run/run-filter-type.ts';
import { readGroupKeys, readMetricStatistics } from '../run/run-group-input.ts';
import { MetricStatisticInput, RunGroupConnection, RunGroupKey } from '../run/run-group-type.ts';
import { listGroups } from '../run-list/list-groups.ts';
import { countRuns, listRuns } from '../run-list/list-runs.ts';
import type { ProjectRecord } from './project-store.ts';
import { VisibilityType } from './visibility-type.ts';

const RunConnection = connectionType(RunRef, { name: 'Run', one: 'a run', many: 'runs' });
addColumns(RunConnection);

ProjectRef.implement({
  description: 'A set of runs that belong together.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Names this project for `Query.node` and for mutations.',
      resolve: (project) => formatNodeId('Project', project.id),
    }),
    name: t.exposeString('name', { description: 'The name, which is unique within the entity.' }),
    entity: t.field({
      type: EntityRef,
      description: 'The entity that the project belongs to.',
      resolve: (project, _args, context) => entityOf(context, project),
    }),
    description: t.exposeString('description', {
      description: 'What the project is about. It is empty when nobody has said.',
    }),
    visibility: t.field({
      type: VisibilityType,
      description: 'Who may see the project.',
      resolve: (project) => project.visibility,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the project was made.',
      resolve: (project) => project.createdAt,
    }),
    path: t.string({
      description: 'The names of the entity and the project: "entity/project".',
      resolve: async (project, _args, context) => `${(await entityOf(context, project)).name}/${project.name}`,
    }),
    url: t.string({
      description: 'Where people look at the project.',
      resolve: async (project, _args, context) =>
        `${context.baseUrl}/${(await entityOf(context, project)).name}/${project.name}`,
    }),
    readOnly: t.boolean({
      description: 'Whether the caller, with the API key used, may only look at the project and not write to it.',
      resolve: (project, _args, context) => isReadOnly(context, project),
    }),
    lastActivityAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When any run of the project was last heard of. It is null when there are no runs.',
      resolve: (project, _args, { loaders }) => loaders.lastActivity.load(project.id),
    }),
    runs: t.field({
      type: RunConnection,
      description:
        'The runs of the project that a filter lets through, in an order; the newest first when none is given.',
      args: {
        filter: t.arg({ type: RunFilterInput, description: 'Which runs are wanted. It is all of them when left out.' }),
        orderBy: t.arg({
          type: [RunOrderInput],
          description: 'The order: the first decides, the next where the first is equal; at most 8.',
        }),
        ...pageArguments(t.arg, 'runs'),
      },
      extensions: { scope: 'READ', cost: 500 },
      resolve: async (project, args, { services }, info) => {
        const filter = readRunFilter(args.filter);
        const orderBy = readRunOrder(args.orderBy);
        const isCounted = selects(info, 'totalCount');
        const page = await listRuns(services, project.id, { ...args, filter, orderBy, isCounted });
        return {
          edges: page.runs.map((node, i) => ({ node, cursor: page.cursors[i] ?? '' })),
          hasNextPage: page.hasNextPage,
          hasPreviousPage: page.hasPreviousPage,
          totalCount: page.totalCount,
        };
      },
    }),
    runCount: t.field({
      type: 'Count',
      description: 'How many runs of the project a filter lets through, exactly.',
      args: {
        filter: t.arg({
          type: RunFilterInput,
          description: 'Which runs are counted. It is all of them when left out.',
        }),
      },
      extensions: { scope: 'READ', cost: 100 },
      resolve: (project, args, { services }) => countRuns(services, project.id, readRunFilter(args.filter)),
    }),
    groups: t.field({
      type: RunGroupConnection,
      description:
        'The runs of the project in groups, one for each combination of values that a run has: numbers first, then texts, booleans, what does not compare, and nothing.',
      args: {
        by: t.arg({
          type: [RunGroupKey],
          required: true,
          description: 'What the runs are grouped by; at most 8 keys.',
        }),
        filter: t.arg({
          type: RunFilterInput,
          description: 'Which runs are grouped. It is all of them when left out.',
        }),
        metrics: t.arg({
          type: [MetricStatisticInput],
          description: 'What is summed up over each group; at most 32. It is nothing when left out.',
        }),
        ...forwardArguments(t.arg, 'groups'),
      },
      extensions: { scope: 'READ', cost: 500 },
      resolve: (project, { by, filter, metrics, ...page }, { services }) =>
        listGroups(services, project.id, {
          ...page,
          by: readGroupKeys(by),
          filter: readRunFilter(filter),
          metrics: readMetricStatistics('metrics', metrics ?? []),
        }),
    }),
    definitions: t.field({
      type: [MetricDefinitionType],
      description:
        'What is defined of metrics, one for each name: what the newest run says that defines it; at most 10,000. Of two globs that fit equally well the later one is of the newer run.',
      extensions: { scope: 'READ', cost: 100 },
      resolve: (project, _args, { services }) =>
        findProjectDefinitions(services.database.pool, project.id, MAX_DEFINITIONS),
    }),
    keys: t.field({
      type: KeyConnection,
      description:
        'The keys that any run of the project has, or had, in its config or in its summary, by their text. System metrics are left out unless the prefix names them.',
      args: {
        section: t.arg({ type: KeySectionType, required: true, description: 'Where the keys stand.' }),
        prefix: t.arg.string({ description: 'Only keys that begin with this text.' }),
        ...forwardArguments(t.arg, 'keys'),
      },
      extensions: { scope: 'READ', cost: 100 },
      resolve: (project, args, { services }) => listKeys(services, project.id, args),
    }),
  }),
});

async function entityOf({ loaders }: RequestContext, project: ProjectRecord) {
  const entity = await loaders.entities.load(project.entityId);
  if (!entity) throw new Error(`project ${project.id} has no entity`);
  return entity;
}
