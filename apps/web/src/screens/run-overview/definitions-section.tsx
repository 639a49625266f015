import { Pencil } from 'lucide-react';
import type { ShownDefinitionFragment } from '../../generated/graphql.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { PlainTable } from '../../ui/page.tsx';
import css from './run-overview.module.css';
import { Section } from './section.tsx';

export interface DefinitionsSectionProps {
  readonly definitions: readonly ShownDefinitionFragment[];
  /** Opens the form for a name; absent where nothing may be changed. */
  readonly onDefine?: ((name: string) => void) | undefined;
}

/** What was said of metrics: the summary is made of it. */
export function DefinitionsSection({ definitions, onDefine }: DefinitionsSectionProps) {
  if (definitions.length === 0) return null;
  return (
    <Section
      title="Definitions"
      count={definitions.length}
      tools={onDefine && <Button onClick={() => onDefine('')}>Define a metric</Button>}
    >
      <PlainTable caption="Definitions of metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Summary</th>
            <th scope="col">Better is</th>
            <th scope="col">Drawn over</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {definitions.map((definition) => (
            <tr key={definition.name}>
              <td>
                <code className={css.defined}>{definition.name}</code>
                {definition.name.includes('*') && <span className={css.kind}>glob</span>}
                {definition.hidden && <span className={css.kind}>not in charts</span>}
              </td>
              <td>{showsText(definition.summary)}</td>
              <td>{definition.goal === null ? '' : definition.goal === 'MINIMIZE' ? 'less' : 'more'}</td>
              <td>{definition.stepMetric !== null && <code>{definition.stepMetric}</code>}</td>
              <td>
                {onDefine && (
                  <span className={css.end}>
                    <IconButton
                      label={`Change the definition of ${definition.name}`}
                      onClick={() => onDefine(definition.name)}
                    >
                      <Pencil aria-hidden />
                    </IconButton>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Section>
  );
}

function showsText(summary: readonly string[]): string {
  if (summary.includes('none')) return 'nothing';
  const statistics = summary.filter((each) => each !== 'copy');
  return statistics.length === 0 ? 'last value' : statistics.join(', ');
}
