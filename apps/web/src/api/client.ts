import { createClient } from '@summa/client/query';

/**
 * The client of the server that this page came from. It holds no key: the browser sends the session's cookie along.
 */
export const client = createClient({ url: window.location.origin });
