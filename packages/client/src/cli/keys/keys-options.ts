import type { OptionValues } from '../frame/parse-options.ts';
import { serverOptions } from '../server-options.ts';

/** The options of `summa keys`. */
export const keysOptions = {
  scope: {
    type: 'string',
    short: 's',
    multiple: true,
    value: '<scope>',
    choices: ['ingest', 'read', 'admin'],
    summary: 'create: what the key may be used for; may be given more than once',
  },
  expires: {
    type: 'string',
    value: '<when>',
    summary: 'create: when it stops working: 90d, 12h, or a date (default: never)',
  },
  user: { type: 'string', value: '<name>', summary: 'create: whose key it is (administrators only; default: you)' },
  all: { type: 'boolean', short: 'a', summary: 'list: revoked and expired ones too' },
  json: { type: 'boolean', summary: 'as JSON' },
  ...serverOptions,
} as const;

/** What an action of `summa keys` was given. */
export interface KeysArguments {
  readonly options: OptionValues<typeof keysOptions>;
  /** What stands behind the action: a name or an id. */
  readonly subject: string | undefined;
}
