import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

// The server that the development server passes the API on to.
const server = process.env.SUMMA_URL || 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@summa/source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    manifest: true,
    // Nothing inline: the policy of the page takes neither inline styles nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every screen needs, in one file: it packs better than in ten.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(history|query-core|react-query|react-router|react-store|router-core|store)|@radix-ui|radix-ui|@floating-ui|aria-hidden|react-remove-scroll|lucide-react\/dist\/esm\/(Icon|createLucideIcon|defaultAttributes|shared))/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/api', '/files', '/wandb', '/schema.graphql', '/schema.json'].map((path) => [
        path,
        { target: server },
      ]),
    ),
  },
});
