/**
 * The web app logs nothing; the schema's type of a row is named only because code is generated for every scalar.
 *
 * @public The generated operations take it from here.
 */
export type LogRow = never;
