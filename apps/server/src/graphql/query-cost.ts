import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { LIMITS } from '../limits.ts';

/** What an operation would cost at worst, with every page full. */
export interface QueryCost {
  /** Fields within fields; what is asked of the schema itself does not count. */
  readonly depth: number;
  /** Fields that are renamed. */
  readonly aliases: number;
  /** Fields that are resolved, dear ones counted as many. */
  readonly complexity: number;
}

/** An operation of a valid document, with the variables that came with it. */
export interface MeasuredOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Items that a list without pages is taken to have. */
const ASSUMED_LIST_LENGTH = 10;
const PAGE_ARGUMENTS = ['first', 'last'];
const CONNECTION_LISTS = ['edges', 'nodes'];

/**
 * Measures an operation before it is executed, in a time that grows with the document only: a fragment is measured once.
 *
 * A field costs 1, or what its extension `cost` says. What is selected of a connection counts once for each item of a page,
 * unless the extension `items` says how many there are.
 */
export function measureQuery(measured: MeasuredOperation): QueryCost {
  const known = fixedCosts.get(measured.operation);
  if (known) return known;
  const meter = new CostMeter(measured);
  const cost = meter.measure();
  if (!meter.dependsOnVariables) fixedCosts.set(measured.operation, cost);
  return cost;
}

/** What operations cost that ask for as much whatever their variables are; documents are parsed once for many requests. */
const fixedCosts = new WeakMap<OperationDefinitionNode, QueryCost>();

const NOTHING: QueryCost = { depth: 0, aliases: 0, complexity: 0 };

class CostMeter {
  /** Whether a variable says how long a page is. */
  dependsOnVariables = false;
  readonly #measured: MeasuredOperation;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #fragmentCosts = new Map<string, QueryCost>();

  constructor(measured: MeasuredOperation) {
    this.#measured = measured;
    for (const definition of measured.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  measure(): QueryCost {
    const { schema, operation } = this.#measured;
    return this.#measureSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  }

  #measureSelections(set: SelectionSetNode, parent: GraphQLCompositeType | undefined): QueryCost {
    let cost = NOTHING;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) cost = sum(cost, this.#measureField(selection, parent));
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost = sum(cost, this.#measureFragment(selection.name.value));
      else
        cost = sum(
          cost,
          this.#measureSelections(
            selection.selectionSet,
            this.#typeNamed(selection.typeCondition?.name.value) ?? parent,
          ),
        );
    }
    return cost;
  }

  #measureFragment(name: string): QueryCost {
    const known = this.#fragmentCosts.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NOTHING;
    const cost = this.#measureSelections(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value));
    this.#fragmentCosts.set(name, cost);
    return cost;
  }

  #measureField(node: FieldNode, parent: GraphQLCompositeType | undefined): QueryCost {
    const aliases = node.alias ? 1 : 0;
    const isMeta = node.name.value.startsWith('__');
    const field = isMeta ? this.#introspectionField(node.name.value) : fieldOf(parent, node.name.value);
    if (!field) return { depth: 1, aliases, complexity: 1 };
    const inner = node.selectionSet ? this.#measureSelections(node.selectionSet, compositeOf(field)) : NOTHING;
    return {
      depth: isMeta ? 1 : inner.depth + 1,
      aliases: inner.aliases + aliases,
      complexity: ownCost(field) + this.#multiplier(node, field) * inner.complexity,
    };
  }

  #introspectionField(name: string): GraphQLField<unknown, unknown> | undefined {
    return [SchemaMetaFieldDef, TypeMetaFieldDef].find((field) => field.name === name);
  }

  #multiplier(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const items = field.extensions.items;
    if (typeof items === 'number') return items;
    if (field.args.some((argument) => PAGE_ARGUMENTS.includes(argument.name))) return this.#pageSize(node);
    if (CONNECTION_LISTS.includes(field.name) || !isListType(getNullableType(field.type))) return 1;
    return ASSUMED_LIST_LENGTH;
  }

  #pageSize(node: FieldNode): number {
    for (const argument of node.arguments ?? []) {
      if (!PAGE_ARGUMENTS.includes(argument.name.value)) continue;
      const size =
        argument.value.kind === Kind.VARIABLE ? this.#variable(argument.value.name.value) : literalSize(argument.value);
      // A larger page is refused by its own field, with an error that says so.
      if (size !== undefined) return Math.min(Math.max(size, 1), LIMITS.page);
    }
    return LIMITS.defaultPage;
  }

  #variable(name: string): number | undefined {
    this.dependsOnVariables = true;
    const given = this.#measured.variables[name];
    if (typeof given === 'number') return given;
    const definition = this.#measured.operation.variableDefinitions?.find(
      (candidate) => candidate.variable.name.value === name,
    );
    return given === undefined && definition?.defaultValue ? literalSize(definition.defaultValue) : undefined;
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#measured.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

function literalSize(value: { readonly kind: string; readonly value?: unknown }): number | undefined {
  return value.kind === Kind.INT ? Number(value.value) : undefined;
}

function fieldOf(parent: GraphQLCompositeType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  return parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
}

function compositeOf(field: GraphQLField<unknown, unknown>): GraphQLCompositeType | undefined {
  const type = getNamedType(field.type);
  return isCompositeType(type) ? type : undefined;
}

function ownCost(field: GraphQLField<unknown, unknown>): number {
  const cost = field.extensions.cost;
  return typeof cost === 'number' ? cost : 1;
}

function sum(a: QueryCost, b: QueryCost): QueryCost {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    complexity: a.complexity + b.complexity,
  };
}
