import type { ObjectRef } from '@pothos/core';
import { type BuilderTypes, builder } from './builder.ts';
import type { Connection, Edge } from './page.ts';

/** Where a page stands in its list, for connections that say more than `connectionType` does. */
export const PageInfo = builder.objectRef<Omit<Connection<unknown>, 'totalCount'>>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether there are items after this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether there are items before this page.' }),
    startCursor: t.string({
      nullable: true,
      description: 'The cursor of the first item, for the argument `before`. It is null when the page is empty.',
      resolve: (page) => page.edges[0]?.cursor ?? null,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'The cursor of the last item, for the argument `after`. It is null when the page is empty.',
      resolve: (page) => page.edges.at(-1)?.cursor ?? null,
    }),
  }),
});

/** What a connection is of, for its descriptions: "runs", "a run". */
export interface ConnectionWords {
  readonly name: string;
  readonly one: string;
  readonly many: string;
}

/** The Relay connection and edge types over a node type: `RunConnection` and `RunEdge` for the name `Run`. */
export function connectionType<Item>(node: ObjectRef<BuilderTypes, Item>, words: ConnectionWords) {
  const edge = builder.objectRef<Edge<Item>>(`${words.name}Edge`).implement({
    description: `One item of a page of ${words.many}.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Stands for the place of this item in the list.' }),
      node: t.field({ type: node, description: `The item: ${words.one}.`, resolve: (parent) => resolved(parent.node) }),
    }),
  });
  return builder.objectRef<Connection<Item>>(`${words.name}Connection`).implement({
    description: `A page of ${words.many}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: `The ${words.many} of this page with their cursors.`,
        resolve: (page) => resolved(page.edges),
      }),
      nodes: t.field({
        type: [node],
        description: `The ${words.many} of this page.`,
        resolve: (page) => resolved(page.edges.map((item) => item.node)),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where this page stands in the list.',
        resolve: (page) => page,
      }),
      totalCount: t.field({
        type: 'Count',
        description: `How many ${words.many} there are on all pages together. It is exact, and counted only when it is selected.`,
        extensions: { cost: 50 },
        resolve: (page) => page.totalCount(),
      }),
    }),
  });
}

/** Pothos cannot know that a generic item is what the ref of its type resolves to; `node` says so. */
function resolved<Value>(value: Value): never {
  return value as never;
}
