/**
 * Who tries, in this order. The reader is a member of the entity `lab`, the outsider writes to another entity and is no member,
 * the ingest key and the last key are those of the owner of `lab`, who also is the administrator.
 */
export const ACTORS = ['nobody', 'stranger', 'outsider', 'reader', 'ingest key', 'read key', 'owner'] as const;
/** One of `ACTORS`. */
export type Actor = (typeof ACTORS)[number];

/** What each actor gets: `ok`, `null`, or the code of the first error. */
type Outcomes = readonly [string, string, string, string, string, string, string];

/** What a case finds in the database: everything in `lab` is private, and made for this case alone. */
export interface World {
  readonly runId: string;
  readonly projectId: string;
  readonly entityId: string;
  readonly ownerId: string;
  readonly keyId: string;
  /** A file of the run, at the path `kept.txt`; at `kept.npy` there is the tensor that the summary shows as `weights`. */
  readonly fileId: string;
  /** An upload to the run whose bytes have arrived. */
  readonly uploadId: string;
  readonly unique: string;
}

/** One operation under the alias `it`, and what each actor gets. */
export interface AccessCase {
  readonly operation: (world: World) => string;
  readonly outcomes: Outcomes;
}

const OPEN: Outcomes = ['UNAUTHENTICATED', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'];
const MEMBERS_READ: Outcomes = ['UNAUTHENTICATED', 'null', 'null', 'ok', 'FORBIDDEN', 'ok', 'ok'];
const WRITERS: Outcomes = ['UNAUTHENTICATED', 'RUN_NOT_FOUND', 'RUN_NOT_FOUND', 'FORBIDDEN', 'ok', 'FORBIDDEN', 'ok'];

/** A case for everything of the schema that has a rule of its own: roots, node types, and fields that need a scope. */
export const ACCESS_CASES: Readonly<Record<string, AccessCase>> = {
  'Query.server': { operation: () => '{ it: server { errorCodes } }', outcomes: OPEN },
  'Query.viewer': { operation: () => '{ it: viewer { name } }', outcomes: OPEN },
  'Query.entity': { operation: () => '{ it: entity(name: "lab") { id } }', outcomes: MEMBERS_READ },
  'Query.project': {
    operation: ({ unique }) => `{ it: project(entity: "lab", name: "${unique}") { id } }`,
    outcomes: MEMBERS_READ,
  },
  'Query.run': {
    operation: ({ unique }) => `{ it: run(entity: "lab", project: "${unique}", name: "r") { id } }`,
    outcomes: MEMBERS_READ,
  },
  'Query.node': { operation: ({ runId }) => `{ it: node(id: "${runId}") { id } }`, outcomes: MEMBERS_READ },
  'Node Run': {
    operation: ({ runId }) => `{ it: node(id: "${runId}") { ... on Run { config summary { document } } } }`,
    outcomes: MEMBERS_READ,
  },
  'Node Project': { operation: ({ projectId }) => `{ it: node(id: "${projectId}") { id } }`, outcomes: MEMBERS_READ },
  'Node Entity': { operation: ({ entityId }) => `{ it: node(id: "${entityId}") { id } }`, outcomes: MEMBERS_READ },
  'Node ApiKey': {
    operation: ({ keyId }) => `{ it: node(id: "${keyId}") { id } }`,
    outcomes: ['UNAUTHENTICATED', 'null', 'null', 'null', 'FORBIDDEN', 'FORBIDDEN', 'ok'],
  },
  'Node User': {
    operation: ({ ownerId }) => `{ it: node(id: "${ownerId}") { ... on User { name } } }`,
    outcomes: ['UNAUTHENTICATED', 'ok', 'ok', 'ok', 'FORBIDDEN', 'ok', 'ok'],
  },
  'Node File': {
    operation: ({ fileId }) => `{ it: node(id: "${fileId}") { ... on File { path } } }`,
    outcomes: MEMBERS_READ,
  },
  'Run.files': inRun('files { totalCount }'),
  'Run.file': inRun('file(path: "kept.txt") { sha256 }'),
  'Run.logs': inRun('logs { lineCount }'),
  'Run.logSources': inRun('logSources { name }'),
  'File.url': inRun('file(path: "kept.txt") { url }'),
  'File.tensor': inRun('file(path: "kept.npy") { tensor { mean } }'),
  'File.datasets': inRun('file(path: "kept.npy") { datasets { hasMore } }'),
  'TensorValue.file': inTensorValue('file { path }'),
  'TensorValue.tensor': inTensorValue('tensor { mean }'),
  'TensorValue.percentile': inTensorValue('percentile(p: 50)'),
  'TensorValue.percentiles': inTensorValue('percentiles(ps: [50])'),
  'TensorValue.values': inTensorValue('values(first: 1)'),
  'MediaValue.file': inRun('summary { value(key: "image") { ... on MediaValue { file { path } } } }'),
  'User.entities': inRun('user { entities { name } }'),
  'User.apiKeys': inRun('user { apiKeys { id } }', [
    'UNAUTHENTICATED',
    'null',
    'null',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Entity.members': inRun('entity { members { role } }'),
  'Entity.projects': inRun('entity { projects { totalCount } }'),
  'Project.runs': inRun('project { runs { totalCount } }'),
  'Project.runCount': inRun('project { runCount }'),
  'Project.groups': inRun('project { groups(by: [{ field: STATE }]) { totalCount } }'),
  'Project.definitions': inRun('project { definitions { name } }'),
  'Project.keys': inRun('project { keys(section: SUMMARY) { totalCount } }'),
  'Mutation.createTeam': mutation(
    'createTeam',
    ({ unique }) => `name: "t-${unique}-${Math.random()}"`,
    'entity { id }',
    ['UNAUTHENTICATED', 'ok', 'ok', 'ok', 'FORBIDDEN', 'FORBIDDEN', 'ok'],
  ),
  'Mutation.createApiKey': mutation('createApiKey', () => 'name: "k", scopes: [READ]', 'apiKey { id }', [
    'UNAUTHENTICATED',
    'ok',
    'ok',
    'ok',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.createUser': mutation('createUser', ({ unique }) => `name: "u-${unique}"`, 'user { id }', [
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.revokeApiKey': mutation('revokeApiKey', ({ keyId }) => `apiKeyId: "${keyId}"`, 'apiKey { id }', [
    'UNAUTHENTICATED',
    'API_KEY_NOT_FOUND',
    'API_KEY_NOT_FOUND',
    'API_KEY_NOT_FOUND',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.setMember': mutation('setMember', () => 'entity: "lab", user: "stranger2", role: READER', 'entity { id }', [
    'UNAUTHENTICATED',
    'ENTITY_NOT_FOUND',
    'ENTITY_NOT_FOUND',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.createProject': mutation(
    'createProject',
    ({ unique }) => `entity: "lab", name: "p-${unique}"`,
    'project { id }',
    ['UNAUTHENTICATED', 'ENTITY_NOT_FOUND', 'ENTITY_NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'],
  ),
  'Mutation.updateProject': mutation(
    'updateProject',
    ({ projectId }) => `projectId: "${projectId}", description: "d"`,
    'project { description }',
    ['UNAUTHENTICATED', 'PROJECT_NOT_FOUND', 'PROJECT_NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'],
  ),
  'Mutation.deleteProject': mutation(
    'deleteProject',
    ({ projectId }) => `projectId: "${projectId}"`,
    'deletedProjectId',
    ['UNAUTHENTICATED', 'PROJECT_NOT_FOUND', 'PROJECT_NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'],
  ),
  'Mutation.startRun': mutation(
    'startRun',
    ({ unique }) => `entity: "lab", project: "${unique}"`,
    'run { id config }',
    ['UNAUTHENTICATED', 'ENTITY_NOT_FOUND', 'ENTITY_NOT_FOUND', 'FORBIDDEN', 'ok', 'FORBIDDEN', 'ok'],
  ),
  'Mutation.updateRun': mutation('updateRun', ({ runId }) => `runId: "${runId}", notes: "n"`, 'run { notes }', WRITERS),
  'Mutation.log': mutation(
    'log',
    ({ runId }) => `runId: "${runId}", writer: "w", offset: 0, rows: [{ values: { loss: 1 } }]`,
    'acceptedRows',
    WRITERS,
  ),
  'Mutation.logLines': mutation(
    'logLines',
    ({ runId }) => `runId: "${runId}", offset: 0, lines: [{ text: "hello" }]`,
    'lineCount',
    WRITERS,
  ),
  'Mutation.defineMetric': mutation(
    'defineMetric',
    ({ runId }) => `runId: "${runId}", name: "loss"`,
    'run { id }',
    WRITERS,
  ),
  'Mutation.updateSummary': mutation(
    'updateSummary',
    ({ runId }) => `runId: "${runId}", set: { best: 1 }`,
    'summary { document }',
    WRITERS,
  ),
  'Mutation.heartbeat': mutation('heartbeat', ({ runId }) => `runId: "${runId}"`, 'run { state }', WRITERS),
  'Mutation.finishRun': mutation('finishRun', ({ runId }) => `runId: "${runId}"`, 'run { state }', WRITERS),
  'Mutation.rewindRun': mutation(
    'rewindRun',
    ({ runId }) => `runId: "${runId}", step: 1000`,
    'run { lastStep }',
    WRITERS,
  ),
  'Mutation.createUpload': mutation(
    'createUpload',
    ({ runId }) => `runId: "${runId}", path: "new.txt", size: 3`,
    'upload { id url }',
    WRITERS,
  ),
  'Mutation.completeUpload': mutation('completeUpload', ({ uploadId }) => `uploadId: "${uploadId}"`, 'file { path }', [
    'UNAUTHENTICATED',
    'UPLOAD_NOT_FOUND',
    'UPLOAD_NOT_FOUND',
    'FORBIDDEN',
    'ok',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.deleteFile': mutation('deleteFile', ({ fileId }) => `fileId: "${fileId}"`, 'deletedFileId', [
    'UNAUTHENTICATED',
    'RUN_NOT_FOUND',
    'RUN_NOT_FOUND',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
  'Mutation.deleteRun': mutation('deleteRun', ({ runId }) => `runId: "${runId}"`, 'deletedRunId', [
    'UNAUTHENTICATED',
    'RUN_NOT_FOUND',
    'RUN_NOT_FOUND',
    'FORBIDDEN',
    'FORBIDDEN',
    'FORBIDDEN',
    'ok',
  ]),
};

/** A field that is reached from a run. */
function inRun(selection: string, outcomes: Outcomes = MEMBERS_READ): AccessCase {
  return { operation: ({ runId }) => `{ it: node(id: "${runId}") { ... on Run { ${selection} } } }`, outcomes };
}

/** A field of the tensor in the summary of a run. */
function inTensorValue(selection: string): AccessCase {
  return inRun(`summary { value(key: "weights") { ... on TensorValue { ${selection} } } }`);
}

function mutation(name: string, input: (world: World) => string, selection: string, outcomes: Outcomes): AccessCase {
  return { operation: (world) => `mutation { it: ${name}(input: { ${input(world)} }) { ${selection} } }`, outcomes };
}

/** A door beside GraphQL that names a project, and what each actor gets: `ok`, or the code of the error. */
export interface DoorCase {
  readonly path: (world: World) => string;
  readonly outcomes: Outcomes;
}

/** A case for every door beside GraphQL through which something of a project can be read with a key. */
export const DOOR_CASES: Readonly<Record<string, DoorCase>> = {
  'GET /files': {
    path: ({ unique }) => `/files/lab/${unique}/r/kept.txt`,
    outcomes: ['UNAUTHENTICATED', 'FILE_NOT_FOUND', 'FILE_NOT_FOUND', 'ok', 'FORBIDDEN', 'ok', 'ok'],
  },
  'GET /api/export history': {
    path: ({ unique }) => `/api/export/lab/${unique}/runs/r/history`,
    outcomes: ['UNAUTHENTICATED', 'RUN_NOT_FOUND', 'RUN_NOT_FOUND', 'ok', 'FORBIDDEN', 'ok', 'ok'],
  },
  'GET /api/export runs': {
    path: ({ unique }) => `/api/export/lab/${unique}/runs`,
    outcomes: ['UNAUTHENTICATED', 'PROJECT_NOT_FOUND', 'PROJECT_NOT_FOUND', 'ok', 'FORBIDDEN', 'ok', 'ok'],
  },
};
