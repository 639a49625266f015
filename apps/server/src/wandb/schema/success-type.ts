import { builder } from './builder.ts';

/** What operations answer that have nothing to say. */
export const SuccessPayload = builder.objectRef<{ readonly success: boolean }>('SuccessPayload').implement({
  fields: (t) => ({ success: t.exposeBoolean('success') }),
});
