import { builder } from './builder.ts';

/** What the client may ask of this server beyond the oldest protocol; it knows more names than these, and ignores unknown ones. */
export const FEATURES = [
  'EXPAND_DEFINED_METRIC_GLOBS',
  'FILESTREAM_GZIP',
  'MARK_RUN_FILES_UPLOADED',
  'STRUCTURED_CONSOLE_LOGS',
] as const;

const ServerFeature = builder.objectRef<string>('ServerFeature').implement({
  fields: (t) => ({
    name: t.string({ nullable: false, resolve: (name) => name }),
    isEnabled: t.boolean({ nullable: false, resolve: () => true }),
  }),
});

const LatestVersion = builder.objectRef<null>('LatestLocalVersionInfo').implement({
  description: 'What older clients ask to learn of a newer server. Nobody ever gets one.',
  fields: (t) => ({
    outOfDate: t.boolean({ resolve: () => null }),
    latestVersionString: t.string({ resolve: () => null }),
    versionOnThisInstanceString: t.string({ resolve: () => null }),
  }),
});

const ServerInfo = builder.objectRef<object>('ServerInfo').implement({
  fields: (t) => ({
    cliVersionInfo: t.field({ type: 'JSON', resolve: () => ({}) }),
    latestLocalVersionInfo: t.field({ type: LatestVersion, resolve: () => null }),
    features: t.field({ type: [ServerFeature], resolve: () => [...FEATURES] }),
  }),
});

builder.queryField('serverInfo', (t) => t.field({ type: ServerInfo, resolve: () => ({}) }));
