/** How many lists and objects may stand inside one another in a JSON text or value. */
export const MAX_JSON_DEPTH = 64;

/** How many digits a whole number beyond ±(2^53-1) may have. */
export const MAX_BIGINT_DIGITS = 1000;
