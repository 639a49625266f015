import './scalars.ts';
import './query-type.ts';
import '../access/user-type.ts';
import '../access/api-key-type.ts';
import '../access/entity-type.ts';
import '../access/access-mutations.ts';
import '../project/project-type.ts';
import '../project/project-mutations.ts';
import '../run/run-type.ts';
import '../run/run-mutations.ts';
import '../run-lines/log-fields.ts';
import '../run-lines/log-lines-mutation.ts';
import '../file/file-type.ts';
import '../file/file-mutations.ts';
import '../history/history-mutations.ts';
import '../metric/metric-mutations.ts';
import '../summary/summary-mutations.ts';
import { builder } from './builder.ts';
import { guardFields } from './guard-fields.ts';

/** The whole schema, put together from the types of every noun. */
export const schema = guardFields(builder.toSchema({ sortSchema: true }));
