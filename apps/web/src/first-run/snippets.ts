/** Where the first run is to go. */
export interface FirstRunPlace {
  /** The server's address as the browser knows it. */
  readonly url: string;
  readonly entity: string;
  readonly project: string;
  /** An API key to put in; a placeholder stands there without one. */
  readonly apiKey?: string | undefined;
}

const PLACEHOLDER = '<your key>';

/**
 * How to log a run from TypeScript, ready to run in any folder and with every Node that the client takes: `.mts` is a module
 * whatever the package.json says, and Node 20 runs TypeScript by tsx alone. The key comes from the environment.
 */
export function typescriptSnippet({ url, entity, project, apiKey = PLACEHOLDER }: FirstRunPlace): string {
  return `// npm install @summa/client tsx
// SUMMA_API_KEY=${apiKey} npx tsx train.mts
import { createClient } from '@summa/client';

const client = createClient({ url: '${url}' });
const run = await client.startRun({ entity: '${entity}', project: '${project}' });
for (let step = 0; step < 100; step++) {
  run.log({ loss: 1 / (step + 1) });
}
await run.finish();
`;
}

/** How to log a run from Python with the `wandb` package, ready to run. */
export function pythonSnippet({ url, entity, project, apiKey = PLACEHOLDER }: FirstRunPlace): string {
  return `# pip install wandb
# WANDB_BASE_URL=${url}/wandb WANDB_API_KEY=${apiKey} python train.py
import wandb

with wandb.init(entity="${entity}", project="${project}") as run:
    for step in range(100):
        run.log({"loss": 1 / (step + 1)})
`;
}
