import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import { parseStatistics } from '@summa/core/metric/statistic';
import type { MetricDefinitionFieldsFragment, ProjectKeyUsesQuery, ValueKind } from '../generated/graphql.ts';

/** A key, of which kinds its values are, and in how many runs it is. */
export type KeyUse = NonNullable<ProjectKeyUsesQuery['project']>['keys']['nodes'][number];

/** A key as the types of a project show it. */
export interface ModelKey {
  readonly key: string;
  readonly path: readonly string[];
  readonly kinds: readonly ValueKind[];
  readonly isInEveryRun: boolean;
}

/** What a project's runs have: all that its types are made of. */
export interface ProjectModel {
  /** `entity/name`. */
  readonly path: string;
  readonly config: readonly ModelKey[];
  readonly metrics: readonly ModelKey[];
  /** Summary values that were only set by hand. */
  readonly explicit: readonly ModelKey[];
  /** In the order in which they hold: of two that fit equally well the later. */
  readonly definitions: readonly MetricDefinition[];
}

/** What the server says of a project. */
export interface ProjectFacts {
  readonly path: string;
  readonly runCount: number;
  readonly config: readonly KeyUse[];
  readonly summary: readonly KeyUse[];
  readonly definitions: readonly MetricDefinitionFieldsFragment[];
}

/** The model of a project; keys that no run has any more are left out, the others sorted by code unit. */
export function toProjectModel({ path, runCount, config, summary, definitions }: ProjectFacts): ProjectModel {
  const toModel = (keys: readonly KeyUse[]) =>
    keys
      .filter((key) => key.runCount > 0)
      .map(({ key, path, kinds, ...use }) => ({ key, path, kinds, isInEveryRun: use.runCount >= runCount }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    path,
    config: toModel(config),
    metrics: toModel(summary.filter((key) => key.loggedRunCount > 0)),
    explicit: toModel(summary.filter((key) => key.loggedRunCount === 0)),
    definitions: definitions.map(toDefinition),
  };
}

const goals = { MINIMIZE: 'minimize', MAXIMIZE: 'maximize' } as const;

function toDefinition({ goal, summary, ...rest }: MetricDefinitionFieldsFragment): MetricDefinition {
  return { ...rest, summary: parseStatistics(summary), goal: goal && goals[goal] };
}
