/** Tables that are small and copied to every node of a cluster; every other table is distributed by project. */
const REFERENCE_MODELS = new Set(['User', 'Entity', 'Membership', 'ApiKey', 'ProjectName', 'ServerSecret']);

interface Model {
  name: string;
  lines: string[];
}

/**
 * What in the text of a schema.prisma would keep it from running on a Citus cluster distributed by project: one sentence
 * for each breach, naming the model and the field; nothing when all is well.
 */
export function findCitusBreaches(schema: string): string[] {
  const enums = [...schema.matchAll(/^enum (\w+)/gm)].map(([, name]) => `enum ${name}: use text and a CHECK`);
  return [...enums, ...parseModels(schema).flatMap((model) => findModelBreaches(model))];
}

function parseModels(schema: string): Model[] {
  const withoutComments = schema.replaceAll(/\/\/.*$/gm, '');
  return [...withoutComments.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    lines: body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  }));
}

function findModelBreaches(model: Model): string[] {
  const breaches = model.lines.flatMap((line) => findLineBreaches(model.name, line));
  if (REFERENCE_MODELS.has(model.name)) return breaches;
  const keys = model.lines.flatMap((line) => findKeyBreaches(model.name, line));
  return [...breaches, ...keys];
}

function findLineBreaches(model: string, line: string): string[] {
  const [field = ''] = line.split(/\s+/);
  const where = `${model}.${field}`;
  const breaches: string[] = [];
  if (line.includes('@relation(') && !/onUpdate:\s*NoAction/.test(line))
    breaches.push(`${where}: a relation needs onUpdate: NoAction`);
  if (/autoincrement\(\)|sequence\(/.test(line)) breaches.push(`${where}: no sequences; ids are made by the server`);
  if (/dbgenerated\(|@default\((uuid|cuid|ulid|nanoid)\(/.test(line))
    breaches.push(`${where}: ids are made by the server`);
  return breaches;
}

/** A distributed table has the project in every key and unique constraint, and in both sides of every relation. */
function findKeyBreaches(model: string, line: string): string[] {
  const project = model === 'Project' ? 'id' : 'projectId';
  const compound = line.match(/^@@(id|unique)\(\[([^\]]*)\]/);
  if (compound) return hasField(compound[2], project) ? [] : [`${model} @@${compound[1]}: lacks ${project}`];
  const [field = ''] = line.split(/\s+/);
  const single = line.match(/\s@(id|unique)\b/);
  if (single && field !== project) return [`${model}.${field} @${single[1]}: lacks ${project}`];
  const relation = line.match(/@relation\(.*fields:\s*\[([^\]]*)\]/);
  if (relation && !hasField(relation[1], project))
    return [`${model}.${field}: a relation of a distributed table needs ${project}`];
  return [];
}

function hasField(list: string | undefined, field: string): boolean {
  return (list ?? '').split(',').some((item) => item.trim() === field);
}
