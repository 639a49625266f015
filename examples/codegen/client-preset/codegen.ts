import { fileURLToPath } from 'node:url';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { codegenScalars } from '@summa/schema';

const config: CodegenConfig = {
  // Or a server's: 'http://127.0.0.1:4000/schema.graphql'.
  schema: fileURLToPath(import.meta.resolve('@summa/schema/schema.graphql')),
  documents: '*.graphql',
  generates: {
    'gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: codegenScalars,
      },
    },
  },
};

export default config;
