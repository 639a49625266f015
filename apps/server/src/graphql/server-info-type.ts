import { DEFAULT_ROW_LIMITS } from '@summa/core/history/parse-rows';
import { LIMITS } from '../limits.ts';
import { builder } from './builder.ts';
import { type ApiErrorCode, ERROR_CODES } from './error-codes.ts';

/** What a server says of itself. */
export interface ServerInfo {
  readonly maxBodyBytes: number;
}

const ErrorCodeType = builder.enumType('ErrorCode', {
  description:
    'What `extensions.code` of an error may be. Where an argument is wrong, `extensions.argumentPath` leads to it.',
  // Object.entries forgets that the keys are the codes.
  values: Object.fromEntries(
    Object.entries(ERROR_CODES).map(([code, description]) => [code, { value: code, description }]),
  ) as Record<ApiErrorCode, { value: ApiErrorCode; description: string }>,
});

const LimitsType = builder.objectRef<ServerInfo>('ServerLimits').implement({
  description: 'How much one request may ask of this server.',
  fields: (t) => ({
    bodyBytes: t.field({
      type: 'Count',
      description: 'Bytes of the body of one request, unpacked.',
      resolve: (info) => info.maxBodyBytes,
    }),
    rows: t.field({ type: 'Count', description: 'Rows of one `log`.', resolve: () => DEFAULT_ROW_LIMITS.maxRows }),
    valuesPerRow: t.field({
      type: 'Count',
      description: 'Values of one row.',
      resolve: () => DEFAULT_ROW_LIMITS.maxValuesPerRow,
    }),
    keyLength: t.field({
      type: 'Count',
      description: 'Characters of one key.',
      resolve: () => DEFAULT_ROW_LIMITS.maxKeyLength,
    }),
    page: t.field({ type: 'Count', description: 'Items of one page.', resolve: () => LIMITS.page }),
    points: t.field({ type: 'Count', description: 'Raw points of one key in one page.', resolve: () => LIMITS.points }),
    buckets: t.field({ type: 'Count', description: 'Buckets of one series.', resolve: () => LIMITS.buckets }),
    complexity: t.field({
      type: 'Count',
      description: 'Fields that one operation may resolve, with every page taken as full.',
      resolve: () => LIMITS.complexity,
    }),
    depth: t.field({
      type: 'Count',
      description: 'Fields within fields of one operation.',
      resolve: () => LIMITS.depth,
    }),
  }),
});

/** The GraphQL type of what a server says of itself. */
export const ServerInfoType = builder.objectRef<ServerInfo>('ServerInfo').implement({
  description: 'What this server says of itself.',
  fields: (t) => ({
    errorCodes: t.field({
      type: [ErrorCodeType],
      description: 'Every code that an error of this server may have.',
      resolve: () => Object.keys(ERROR_CODES) as ApiErrorCode[],
    }),
    limits: t.field({ type: LimitsType, description: 'How much one request may ask.', resolve: (info) => info }),
  }),
});
