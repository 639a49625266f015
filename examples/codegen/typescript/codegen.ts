import { fileURLToPath } from 'node:url';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { codegenScalars } from '@summa/schema';

const config: CodegenConfig = {
  // Or a server's: 'http://127.0.0.1:4000/schema.graphql'.
  schema: fileURLToPath(import.meta.resolve('@summa/schema/schema.graphql')),
  documents: '*.graphql',
  config: { enumsAsTypes: true, useTypeImports: true, strictScalars: true, scalars: codegenScalars },
  generates: {
    // Every type of the schema, and what each operation in *.graphql takes and answers.
    'gql/schema.ts': { plugins: ['typescript'] },
    'gql/operations.ts': { plugins: ['typescript-operations'] },
  },
};

export default config;
