/** The web app logs nothing; the schema's type of a row is named only because code is generated for every scalar. */
export type LogRow = never;
