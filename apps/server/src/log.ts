import pino, { type DestinationStream, type Logger } from 'pino';

const REDACTED = [
  'req.headers.authorization',
  'headers.authorization',
  '*.authorization',
  'apiKey',
  '*.apiKey',
  'secret',
  '*.secret',
  'databaseUrl',
  '*.databaseUrl',
];

// A key of ours, or the credentials of a header or a URL, wherever they stand in a text.
const KEYS = /summa_[A-Za-z0-9]+_[A-Za-z0-9_-]+|\b(?:Bearer|Basic)\s+[\w.~+/=-]+|(?<=:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g;

export interface LogOptions {
  level: string;
  /** A key chosen by the operator: it has no form to recognise it by. */
  apiKey?: string | undefined;
  /** Where the lines go; stderr unless told. */
  destination?: DestinationStream;
}

/** A logger that writes one JSON object a line. Keys and passwords never appear in it, neither in fields nor inside messages and errors. */
export function createLog({ level, apiKey, destination }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    hooks: { streamWrite: (line: string) => redactKeys(line, apiKey) },
  };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }));
}

/** The text with every API key, credential and URL password in it replaced by `[redacted]`. */
export function redactKeys(text: string, apiKey?: string): string {
  const redacted = text.replaceAll(KEYS, '[redacted]');
  return apiKey === undefined ? redacted : redacted.replaceAll(apiKey, '[redacted]');
}
