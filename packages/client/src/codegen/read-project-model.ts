import type { FileTransport } from '../file/upload-file.ts';
import { ProjectShapeDocument } from '../generated/graphql.ts';
import type { ReadOptions } from '../read/read-pages.ts';
import { projectNotFound } from '../read/read-runs.ts';
import { ProjectQuestions } from '../read/stored-project.ts';
import { type ProjectModel, toProjectModel } from './project-model.ts';

/** Reads what the runs of a project have; throws PROJECT_NOT_FOUND. */
export async function readProjectModel(
  transport: FileTransport,
  path: { readonly entity: string; readonly project: string },
  options: ReadOptions = {},
): Promise<ProjectModel> {
  const { project } = await transport.execute(ProjectShapeDocument, path, options);
  if (project === null) throw projectNotFound(path);
  const questions = new ProjectQuestions(transport, path);
  return toProjectModel({
    ...project,
    path: `${path.entity}/${path.project}`,
    config: await collect(questions.keys('CONFIG', undefined, options)),
    summary: await collect(questions.keys('SUMMARY', undefined, options)),
  });
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
