import type { Platform } from './platform.ts';

/** Where there are no files and no signals, as in a browser: what waits is in memory alone. */
export const platform: Platform = {
  withLogin: (options) => options,
  openSpool: () => null,
  beforeExit: () => () => {},
};
