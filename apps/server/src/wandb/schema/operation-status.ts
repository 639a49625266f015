import { type DocumentNode, type GraphQLFormattedError, Kind } from 'graphql';

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  INTERNAL: 500,
  SERVER_BUSY: 503,
  STATEMENT_TIMEOUT: 503,
};
/** Fields without which a run cannot go on: the client shows the message of a 400 to its user as it stands. */
const VITAL_FIELDS = new Set(['upsertBucket', 'rewindRun']);

/**
 * The HTTP status of an answer with errors. What may go well later gets one that the client retries; a refusal is 400 for the
 * operations that a run depends on and 200 for all others, of which the client then says nothing to its user.
 */
export function operationStatus(document: DocumentNode | null, errors: readonly GraphQLFormattedError[]): number {
  const passing = errors.map((error) => STATUS_OF_CODE[String(error.extensions?.code)]).find(Boolean);
  if (passing !== undefined) return passing;
  return document && isVital(document) ? 400 : 200;
}

function isVital(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.selectionSet.selections.some(
        (selection) => selection.kind === Kind.FIELD && VITAL_FIELDS.has(selection.name.value),
      ),
  );
}
