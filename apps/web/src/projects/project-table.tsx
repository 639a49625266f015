import { Link } from '@tanstack/react-router';
import { formatCount } from '../format/format-number.ts';
import type { ProjectLineFragment } from '../generated/graphql.ts';
import { StateDot } from '../ui/badge.tsx';
import { Missing } from '../ui/number-text.tsx';
import { RelativeTime } from '../ui/time.tsx';
import css from './project-table.module.css';

export interface ProjectTableProps {
  readonly entity: string;
  readonly projects: readonly ProjectLineFragment[];
}

/** Projects of one entity: name, runs, and when something last happened. */
export function ProjectTable({ entity, projects }: ProjectTableProps) {
  return (
    <table className={css.table}>
      <caption className="visually-hidden">Projects of {entity}</caption>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col" className={css.number}>
            Runs
          </th>
          <th scope="col" className={css.time}>
            Last activity
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id}>
            <td className={css.name}>
              <Link to="/$entity/$project" params={{ entity, project: project.name }} title={project.name}>
                {project.name}
              </Link>
              {project.visibility === 'PUBLIC' && <span className={css.note}>public</span>}
              {project.description !== '' && <span className={css.note}>{project.description}</span>}
            </td>
            <td className={css.number}>
              {project.runningCount > 0 && (
                <span className={css.live}>
                  <StateDot tone="live" word={`${formatCount(project.runningCount)} live`} />
                </span>
              )}
              {formatCount(project.runCount)}
            </td>
            <td className={css.time}>
              {project.lastActivityAt === null ? <Missing /> : <RelativeTime at={project.lastActivityAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
