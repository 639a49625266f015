import './scalars.ts';
import './viewer-type.ts';
import './server-info-type.ts';
import './entity-type.ts';
import './project-type.ts';
import './run-type.ts';
import '../live/live-types.ts';
import '../public/public-types.ts';
import { builder } from './builder.ts';

/** The whole schema of this door: what the documents of the W&B client are validated against. */
export const wandbSchema = builder.toSchema({ sortSchema: true });
