// The operations of a running process, as one import for the schema.
import './alert-mutation.ts';
import './create-run-files-mutation.ts';
import './mark-files-uploaded-mutation.ts';
import './rewind-run-mutation.ts';
import './run-document-fields.ts';
import './stop-run-mutation.ts';
import './upsert-run-mutation.ts';
