import { builder } from '../schema/builder.ts';

/** How a list of the client goes on. */
export interface PageInfoView {
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
}

/** W&B's `PageInfo`. */
export const PageInfo = builder.objectRef<PageInfoView>('PageInfo').implement({
  fields: (t) => ({
    endCursor: t.exposeString('endCursor', { nullable: true }),
    hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false }),
  }),
});
