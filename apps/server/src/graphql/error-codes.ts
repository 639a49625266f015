import type { ServerErrorCode } from '../server-error.ts';

/** What Apollo Server itself says of a request that is not a well-formed operation of this schema. */
type ApolloErrorCode =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_SUPPORTED';

/** What HTTP says of a request before GraphQL sees it. */
type HttpErrorCode = 'UNSUPPORTED_ENCODING' | 'UNSUPPORTED_MEDIA_TYPE';

/** Every value that `extensions.code` of an error may have. */
export type ApiErrorCode = ServerErrorCode | ApolloErrorCode | HttpErrorCode;

/** What each error code means, for the schema. A code without a sentence does not compile. */
export const ERROR_CODES: Readonly<Record<ApiErrorCode, string>> = {
  API_KEY_NOT_FOUND: 'There is no API key with this id among those that the caller may manage.',
  BAD_REQUEST: 'The HTTP request does not carry a GraphQL operation in the way that GraphQL over HTTP wants it.',
  BAD_USER_INPUT: 'A variable does not have the type that the operation declares for it.',
  BODY_TOO_LARGE: 'The body of the request has more bytes, unpacked, than the server takes; send less at once.',
  CORRUPT_DATA: 'Stored history, or the file of a tensor, could not be read back; the message says where.',
  DOCUMENT_TOO_LARGE: 'The config or the metadata of a run would become larger than it may be.',
  ENTITY_EXISTS: 'Another user or team already has this name.',
  ENTITY_NOT_FOUND: 'There is no entity with this name, or the caller may not know of it.',
  FILE_NOT_FOUND:
    'There is no such file, or the caller may not know of it; or it has been replaced since its URL was made.',
  FILE_TOO_LARGE: 'A file has more bytes than a file may have on this server.',
  FORBIDDEN: 'The caller may know of the thing, but lacks the role or the scope for what was asked.',
  GRAPHQL_PARSE_FAILED: 'The document is not written in the GraphQL language.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit this schema.',
  HASH_MISMATCH:
    'The bytes that arrived do not have the SHA-256 that was announced; nothing was kept, send them again.',
  INTERNAL: 'Something broke inside the server. The `errorId` beside this code is in the log of the server.',
  INVALID_CONTENT_TYPE: 'A content type is not written as "type/subtype", or is too long.',
  INVALID_CURSOR: 'A cursor was not made by this list, or not with this order.',
  INVALID_DEFINITION: 'A metric cannot be defined so; the message names the part that is wrong.',
  INVALID_FILTER: 'A filter of runs is malformed, compares with the wrong type, or is too large.',
  INVALID_ID: 'A node id was not made by this server, or is the id of something else.',
  INVALID_INPUT: 'An argument has the right type, but not a value that can be used.',
  INVALID_JSON: 'The body of the request, or a value in it, is not JSON.',
  INVALID_KEY: 'A key is empty, is reserved, or holds characters that cannot be stored.',
  INVALID_NAME: 'A name holds characters that names may not have, or is too long.',
  INVALID_ORDER: 'An order of runs is malformed, or has too many levels.',
  INVALID_PATH: 'The path of a file is empty, too long, leaves its run, or holds characters that paths may not have.',
  INVALID_RANGE: 'A range of steps, or a number of buckets or percentiles, is outside of what is possible.',
  INVALID_ROW: 'A row to log is malformed; `argumentPath` names the row and the value.',
  INVALID_SUMMARY_VALUE: 'A value cannot be set in a summary.',
  INVALID_TENSOR: 'A tensor is malformed: its shape, its values or its dtype do not fit together.',
  INVALID_URL: 'A URL of a file was not signed by this server, or has been changed.',
  KEY_NOT_FOUND: 'No run of the project has this key; nothing was exported.',
  KEY_TOO_LONG: 'A key has more characters than a key may have.',
  LAST_OWNER: 'An entity must keep at least one owner.',
  LIST_TOO_LONG: 'A list in the input has more items than it may have.',
  NESTING_TOO_DEEP: 'Objects or lists stand inside one another more deeply than is kept.',
  NOT_FOUND: 'There is no such thing, or the caller may not know of it.',
  OFFSET_GAP: 'Rows of this writer before the given offset have not arrived; send them first.',
  OPERATION_RESOLUTION_FAILURE:
    'The document holds several operations, or none, and `operationName` does not choose one.',
  PAGE_TOO_LARGE: 'A page was asked to have more items than a page may have.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'This server keeps no queries: send the text of the document.',
  PROJECT_EXISTS: 'The entity already has a project with this name.',
  PROJECT_NOT_FOUND: 'There is no such project, or the caller may not know of it.',
  QUERY_TOO_COMPLEX: 'The operation might resolve more fields, with full pages, than one operation may.',
  QUERY_TOO_DEEP: 'The operation nests fields more deeply than one operation may.',
  RESPONSE_TOO_LARGE: 'What was asked for is larger than one answer may be; ask for less at once.',
  REVISION_CONFLICT: 'The summary has been changed since the revision that the caller knows; read it again.',
  RUN_EXISTS: 'The project already has a run with this name, and it was not to be resumed.',
  RUN_FILES_TOO_LARGE: 'The files of the run would have more bytes together than they may have on this server.',
  RUN_FINISHED: 'The run has ended; it must be resumed before this is possible.',
  RUN_NOT_FOUND: 'There is no such run, or the caller may not know of it.',
  SERVER_BUSY: 'The server has as much to do as it can hold; nothing was stored, try again in a moment.',
  SIZE_MISMATCH: 'More or fewer bytes arrived than were announced; nothing was kept, send them again.',
  STATEMENT_TIMEOUT: 'The database needed more time than one statement may take; ask for less at once.',
  STORAGE_FULL: 'The server has no room left for these bytes; nothing was kept.',
  TENSOR_TIMEOUT: 'Reading a tensor took longer than it may; download its file instead.',
  TEXT_TOO_LONG: 'A text has more characters than is kept of its kind.',
  TOO_MANY_ALIASES: 'The operation renames more fields than one operation may.',
  TOO_MANY_EXPORTS: 'The server sends as many exports as it does at once; try again in a moment.',
  TOO_MANY_FILES: 'The run would have more files than a run may have.',
  TOO_MANY_KEYS: 'The run or the project would have more different keys than it may have.',
  TOO_MANY_ROWS: 'One `log` has more rows than it may have; send them in several.',
  TOO_MANY_TOKENS: 'The document is longer than a document may be; put values into variables.',
  TOO_MANY_UPLOADS:
    'The run has as many uploads that are not completed as it may have; complete them, or wait until they expire.',
  TOO_MANY_VALUES: 'A row, or all rows of one `log` together, have more values than they may have.',
  UNAUTHENTICATED: 'The request carries no API key, or one that is unknown, revoked or expired.',
  UNSUPPORTED_ENCODING: 'The body of the request is packed in a way that the server does not unpack.',
  UNSUPPORTED_MEDIA_TYPE: 'The body of the request has a content type other than application/json.',
  UNSUPPORTED_DTYPE: 'The values of a tensor are of a type that is not kept, such as complex numbers or text.',
  UNSUPPORTED_FILTER: 'A dataset of an HDF5 file is packed in a way that the server does not unpack.',
  UPLOAD_INCOMPLETE: 'The bytes of the upload have not arrived; send them to its URL first.',
  UPLOAD_NOT_FOUND: 'There is no such upload, it has expired, or the caller may not know of it.',
  UPLOAD_RECEIVED: 'The bytes of the upload have arrived already; nothing was changed.',
  URL_EXPIRED: 'A URL of a file has expired; ask for it again.',
  USER_EXISTS: 'Another user already has this name.',
  USER_NOT_FOUND: 'There is no user with this name.',
  VALUE_TOO_LARGE: 'One value has more bytes, as JSON, than a value may have.',
};
