import type { MetricDefinition } from '@summa/core/metric/metric-definition';
import { type DefinitionResolver, resolveDefinitions } from '@summa/core/metric/resolve-definitions';
import type { ValueKind } from '../generated/graphql.ts';
import { areFlat, flatProperties, nestedProperties } from './nested-type.ts';
import type { ModelKey, ProjectModel } from './project-model.ts';
import { docLine, indented, nameOption, propertyName, quoted } from './type-text.ts';

/** A TypeScript module with the types of a project, named after `name`: the same model gives the same text. */
export function formatModule(model: ProjectModel, name: string): string {
  const parts = [
    shape(model, name),
    ...configTypes(model, name),
    ...metricTypes(model, name),
    definitionType(model, name),
  ];
  const body = parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
  return `${header(model, name)}\n${body}`;
}

function header({ path, config, metrics, explicit }: ProjectModel, name: string): string {
  const kinds = new Set([...config, ...metrics, ...explicit].flatMap((key) => key.kinds));
  const used = [...(kinds.has('OBJECT') ? ['JsonObject'] : []), ...(kinds.has('LIST') ? ['JsonValue'] : [])];
  const imports = used.length === 0 ? '' : `import type { ${used.join(', ')} } from '@summa/client';\n`;
  return `// Written by \`summa codegen --project ${path}${nameOption(path, name)}\`: run it again instead of editing.\n${imports}`;
}

function shape({ path }: ProjectModel, name: string): string[] {
  return [
    docLine(`What runs of ${path} have: \`client.project<${name}>('${path}')\`.`),
    `export interface ${name} {`,
    ...['Config', 'ConfigValues', 'Row', 'Metrics', 'Summary', 'Definitions'].map(
      (part) => `  ${part.charAt(0).toLowerCase()}${part.slice(1)}: ${name}${part};`,
    ),
    '}',
  ];
}

function configTypes({ config }: ProjectModel, name: string): string[][] {
  const style = { docOf: kindText, isOptional: (key: ModelKey) => !key.isInEveryRun };
  const nested = [docLine('What a run is started with.'), ...block(`${name}Config`, nestedProperties(config, style))];
  const doc = docLine('The config by key.');
  if (areFlat(config)) return [nested, [doc, `export type ${name}ConfigValues = ${name}Config;`]];
  return [nested, [doc, ...block(`${name}ConfigValues`, flatProperties(config, style))]];
}

function metricTypes({ metrics, explicit, definitions }: ProjectModel, name: string): string[][] {
  const resolve = resolveDefinitions(definitions);
  const style = {
    docOf: (key: ModelKey) => `${kindText(key)}${definitionText(resolve, key.key)}`,
    isOptional: (key: ModelKey) => !key.isInEveryRun,
  };
  const rowStyle = {
    docOf: ({ key, kinds }: ModelKey) => `${kindWords(kinds)}${definitionText(resolve, key)}`,
    isOptional: () => true,
  };
  const rowDoc = docLine('What one step may log: names below a name stand in an object of their own.');
  const row = areFlat(metrics)
    ? [rowDoc, `export type ${name}Row = Partial<${name}Metrics>;`]
    : [rowDoc, ...block(`${name}Row`, nestedProperties(metrics, rowStyle))];
  return [
    row,
    [docLine('Metrics by key.'), ...block(`${name}Metrics`, flatProperties(metrics, style))],
    [
      docLine('What the summary has by key: the metrics, and what was set by hand.'),
      ...block(`${name}Summary`, flatProperties(explicit, { ...style, docOf: handText }), `${name}Metrics`),
    ],
  ];
}

function definitionType({ definitions }: ProjectModel, name: string): string[] {
  const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.map((definition) => `${propertyName(definition.name)}: { ${saidOf(definition).join('; ')} };`);
  return [docLine('What is defined of metrics, by key or glob.'), ...block(`${name}Definitions`, lines)];
}

/** An interface; without properties of its own it is a plain type, as linters want it. */
function block(name: string, lines: readonly string[], base?: string): string[] {
  if (lines.length > 0) return [`export interface ${name}${base ? ` extends ${base}` : ''} {`, ...indented(lines), '}'];
  return [`export type ${name} = ${base ?? 'Record<never, never>'};`];
}

const KIND_WORDS: Readonly<Record<ValueKind, string>> = {
  NUMBER: 'number',
  TEXT: 'text',
  BOOLEAN: 'boolean',
  LIST: 'list',
  OBJECT: 'object',
};

function kindWords(kinds: readonly ValueKind[]): string {
  return kinds.map((kind) => KIND_WORDS[kind]).join(' or ');
}

function kindText({ kinds, isInEveryRun }: ModelKey): string {
  return `${kindWords(kinds)}${isInEveryRun ? '' : ', in some runs'}`;
}

function handText(key: ModelKey): string {
  return `${kindText(key)}; set by hand`;
}

function definitionText(resolve: DefinitionResolver, key: string): string {
  const definition = resolve(key);
  if (definition === null) return '';
  const { name, statistics, isLeftOut, goal, stepMetric, isHidden } = definition;
  const said = [
    ...(isLeftOut ? ['not in the summary'] : statistics.length > 0 ? [`shows ${statistics.join(', ')}`] : []),
    ...(goal === null ? [] : [goal]),
    ...(stepMetric === null ? [] : [`over ${stepMetric}`]),
    ...(isHidden ? ['hidden'] : []),
    ...(name === key ? [] : [`by ${name}`]),
  ];
  return said.map((part) => `; ${part}`).join('');
}

function saidOf({ summary, goal, stepMetric, stepSync, hidden }: MetricDefinition): string[] {
  return [
    ...(summary.length === 0 ? [] : [`summary: [${summary.map(quoted).join(', ')}]`]),
    ...(goal === null ? [] : [`goal: ${quoted(goal)}`]),
    ...(stepMetric === null ? [] : [`stepMetric: ${quoted(stepMetric)}`]),
    ...(stepSync === null ? [] : [`stepSync: ${stepSync}`]),
    ...(hidden === null ? [] : [`hidden: ${hidden}`]),
  ];
}
