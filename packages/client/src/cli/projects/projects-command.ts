import { defineCommand } from '../frame/command.ts';
import { writeOut } from '../frame/command-io.ts';
import { writeJsonList } from '../runs/write-json-list.ts';
import { connect, serverOptions } from '../server-options.ts';
import { formatTime } from '../terminal/format-cell.ts';
import { formatTable } from '../terminal/format-table.ts';
import { tableSpace } from '../terminal/table-space.ts';
import { printable } from '../terminal/text-width.ts';
import { type ListedProject, listProjects } from './list-projects.ts';

/** `summa projects`: the projects that one may see, as a table or as JSON. */
export const projectsCommand = defineCommand({
  name: 'projects',
  summary: 'list your projects',
  operands: { usage: '[entity]', min: 0, max: 1 },
  options: { json: { type: 'boolean', summary: 'as a JSON list' }, ...serverOptions },
  description:
    'Lists your own projects and those of your teams, or those of one user or team, as the other commands take them.',
  notes: `Examples:
  summa projects
  summa projects vision-team --json | jq -r '.[].path'`,
  async run({ options, operands: [entity] }, io) {
    const { execute } = await connect(options, io.env);
    const projects = listProjects(execute, entity);
    if (options.json) await writeJsonList(io.stdout, asJson(projects));
    else await writeOut(io.stdout, `${formatTable(toColumns(await collected(projects)), tableSpace(io)).text}\n`);
    return 0;
  },
});

async function* asJson(projects: AsyncIterable<ListedProject>) {
  for await (const { path, description, runCount, lastActivityAt } of projects)
    yield { path, description, runCount, lastActivityAt };
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function toColumns(projects: readonly ListedProject[]) {
  return [
    { header: 'project', cells: projects.map(({ path }) => path) },
    { header: 'runs', cells: projects.map(({ runCount }) => String(runCount)), isNumeric: true },
    { header: 'last activity', cells: projects.map(({ lastActivityAt }) => formatTime(lastActivityAt)) },
    { header: 'description', cells: projects.map(({ description }) => printable(description)) },
  ];
}
