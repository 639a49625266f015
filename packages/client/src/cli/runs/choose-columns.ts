import type { RunTarget } from '@summa/core/query/run-target';
import type { ValueKind } from '../../generated/graphql.ts';
import type { Execute } from '../../transport/execute.ts';
import type { ProjectNames } from '../settle-project.ts';
import { readKeys } from './resolve-targets.ts';
import type { RunsColumn } from './runs-table.ts';
import { formatTarget } from './target-name.ts';

const MOST_OF_CONFIG = 4;
const MOST_OF_SUMMARY = 6;
const LOOKED_AT = 100;

const FIELDS: readonly RunsColumn[] = [
  { header: 'name', target: { section: 'field', field: 'NAME' } },
  { header: 'state', target: { section: 'field', field: 'STATE' } },
  { header: 'createdAt', target: { section: 'field', field: 'CREATED_AT' } },
  { header: 'lastStep', target: { section: 'field', field: 'LAST_STEP' } },
];

/** What is shown when nobody says which columns: the run itself, and the first few plain values of config and summary. */
export async function defaultColumns(execute: Execute, project: ProjectNames): Promise<readonly RunsColumn[]> {
  const { config, summary } = await readKeys(execute, project, { prefix: null, first: LOOKED_AT });
  const targets: RunTarget[] = [
    ...plainKeys(config, MOST_OF_CONFIG).map((key) => ({ section: 'config' as const, key })),
    ...plainKeys(summary, MOST_OF_SUMMARY).map((key) => ({
      section: 'summary' as const,
      key,
      statistic: 'VALUE' as const,
    })),
  ];
  const keys = targets.map((target) => (target.section === 'field' ? '' : target.key));
  const isAmbiguous = (key: string) => keys.indexOf(key) !== keys.lastIndexOf(key);
  const headed = targets.map((target, i) => {
    const key = keys[i] ?? '';
    return { header: isAmbiguous(key) ? formatTarget(target) : key, target };
  });
  return [...FIELDS, ...headed];
}

function plainKeys(nodes: readonly { readonly key: string; readonly kind: ValueKind }[], most: number): string[] {
  const plain = nodes.filter(({ key, kind }) => kind !== 'LIST' && kind !== 'OBJECT' && !key.startsWith('_'));
  return plain.slice(0, most).map(({ key }) => key);
}
