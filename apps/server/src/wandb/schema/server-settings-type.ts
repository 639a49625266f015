import { builder } from './builder.ts';

const ServerMessage = builder.objectRef<null>('ServerMessage').implement({
  description: 'A text that an older client would show to its user. Nobody ever gets one.',
  fields: (t) => ({
    utfText: t.string({ resolve: () => null }),
    plainText: t.string({ resolve: () => null }),
    htmlText: t.string({ resolve: () => null }),
    messageType: t.string({ resolve: () => null }),
    messageLevel: t.string({ resolve: () => null }),
  }),
});

/** What clients before 0.18 ask of every run; they cannot do without the type. */
export const ServerSettings = builder.objectRef<object>('ServerSettings').implement({
  fields: (t) => ({ serverMessages: t.field({ type: [ServerMessage], nullable: false, resolve: () => [] }) }),
});
