import { ServerError } from '../server-error.ts';
import { grants, type Scope } from './scope.ts';

/** Who a request is from, proved by an API key. */
export interface Caller {
  readonly userId: string;
  readonly userName: string;
  /** Whether the user may create users and make keys for them. */
  readonly administrator: boolean;
  readonly apiKeyId: string;
  readonly scopes: ReadonlySet<Scope>;
}

/** Returns when the caller's key has the scope. @throws ServerError FORBIDDEN when it has not. */
export function requireScope(caller: Caller, needed: Scope): void {
  if (grants(caller.scopes, needed)) return;
  const has = [...caller.scopes].join(', ') || 'none';
  throw new ServerError(
    'FORBIDDEN',
    `this needs an API key with the scope ${needed}; the scopes of the key used are: ${has}`,
  );
}
