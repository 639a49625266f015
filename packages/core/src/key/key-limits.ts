/** Longest key text, in UTF-16 code units, escapes and dots included. */
export const MAX_KEY_LENGTH = 512;

/** How many elements a key may have: how deep objects may stand inside one another in a row's values. */
export const MAX_NESTING = 32;
