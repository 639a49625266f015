import { describe, expect, it } from 'vitest';
import { findCitusBreaches } from './citus-rules.ts';
import { readSchema } from './migrations.ts';

const table = (name: string, ...lines: string[]) =>
  `model ${name} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}\n`;

describe('the rules for a cluster distributed by project', () => {
  it('hold in schema.prisma', async () => {
    const { content } = await readSchema();
    expect(content.match(/^model /gm)?.length).toBeGreaterThan(10);
    expect(findCitusBreaches(content)).toEqual([]);
  });

  it.each([
    ['an enum', 'enum State {\n  RUNNING\n}\n', 'enum State: use text and a CHECK'],
    ['a key without the project', table('Run', 'id String @id @db.Uuid'), 'Run.id @id: lacks projectId'],
    ['a compound key without the project', table('Chunk', '@@id([runId, seq])'), 'Chunk @@id: lacks projectId'],
    [
      'a unique name across projects',
      table('Project', 'id String @id', 'name String @unique'),
      'Project.name @unique: lacks id',
    ],
    ['a unique pair across projects', table('Run', '@@unique([entityId, name])'), 'Run @@unique: lacks projectId'],
    [
      'a relation that cascades updates',
      table('Run', 'project Project @relation(fields: [projectId], references: [id], onDelete: Cascade)'),
      'Run.project: a relation needs onUpdate: NoAction',
    ],
    [
      'a relation that leaves the project',
      table('Run', 'user User @relation(fields: [userId], references: [id], onUpdate: NoAction)'),
      'Run.user: a relation of a distributed table needs projectId',
    ],
    [
      'a sequence',
      table('MetricKey', 'id Int @default(autoincrement())'),
      'MetricKey.id: no sequences; ids are made by the server',
    ],
  ])('fail for %s', (_what, schema, breach) => {
    expect(findCitusBreaches(schema)).toEqual([breach]);
  });

  it('leave reference tables their own unique names', () => {
    expect(findCitusBreaches(table('User', 'id String @id', 'name String @unique'))).toEqual([]);
  });
});
