import { wireText } from '@summa/core/json/wire-text';
import type { TypedDocument } from '../typed-document.ts';
import { type Endpoint, postGraphql, type RequestOptions } from './post-graphql.ts';

/**
 * Runs one operation: the result is typed by the document, and so are the variables.
 *
 * Numbers in variables may be NaN, ±Infinity or bigints. In the result a `Double` or a `JSON` value that JSON lacks is
 * still its text ("NaN"): `toNumber` reads it. Rejects with `SummaClientError`; nothing is tried twice.
 */
export type Execute = <Result, Variables>(
  document: TypedDocument<Result, Variables>,
  ...rest: Record<string, never> extends Variables
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions]
) => Promise<Result>;

/** An `Execute` that talks to one endpoint. */
export function createExecute(endpoint: Endpoint): Execute {
  return async (document, ...rest) => {
    const [variables, options] = rest;
    const body = wireText({ query: String(document), variables: variables ?? {} });
    // The document's type says what the server answers; generated from the schema, it is as true as the schema.
    return (await postGraphql(endpoint, body, options)) as never;
  };
}
