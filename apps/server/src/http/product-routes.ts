import type { FastifyInstance } from 'fastify';
import { registerGraphqlRoutes } from '../graphql/graphql-routes.ts';
import { printedSchema } from '../graphql/print-schema.ts';
import type { Services } from '../services.ts';
import { registerWandbRoutes } from '../wandb/wandb-routes.ts';
import { registerExportRoutes } from './export-routes.ts';
import { registerFileRoutes } from './file-routes.ts';
import { registerSessionRoutes } from './session-routes.ts';
import { registerWebRoutes } from './web-routes.ts';

/** Adds every door of the product to the HTTP server; a door that is not listed here does not exist. */
export async function registerProductRoutes(app: FastifyInstance, services: Services): Promise<void> {
  await registerGraphqlRoutes(app, services);
  await registerFileRoutes(app, services);
  await registerExportRoutes(app, services);
  registerSessionRoutes(app, services);
  await registerWandbRoutes(app, services);
  await registerWebRoutes(app, services.config);
}

/** The text of the GraphQL schema that `/schema.graphql` serves. */
export const productSchema = printedSchema;
