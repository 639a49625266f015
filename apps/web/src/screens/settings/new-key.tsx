import { CodeBlock } from '../../ui/copy.tsx';
import { FormFields } from '../../ui/section.tsx';
import css from './settings.module.css';

/** A key that was made just now, and how programs take it. */
export function NewKey({ text }: { readonly text: string }) {
  const url = window.location.origin;
  const snippet = `# Python, with the wandb package
export WANDB_BASE_URL=${url}/wandb
export WANDB_API_KEY=${text}

# TypeScript, with @summa/client
export SUMMA_URL=${url}
export SUMMA_API_KEY=${text}`;
  return (
    <FormFields>
      <CodeBlock text={text} label="Copy the key" />
      <div>
        <p className={css.note}>Programs take it from their environment:</p>
        <CodeBlock text={snippet} label="Copy the lines" />
      </div>
    </FormFields>
  );
}
