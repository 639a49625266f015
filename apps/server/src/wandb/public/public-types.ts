// The types and mutations of wandb.Api(), as one import for the schema.
import './api-key-fields.ts';
import './delete-mutations.ts';
import './file-fields.ts';
import './history-fields.ts';
import './log-lines-field.ts';
import './project-fields.ts';
import './projects-query.ts';
import './run-fields.ts';
import './update-run-state-mutation.ts';
import './upsert-model-mutation.ts';
