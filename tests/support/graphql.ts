import { parseJson } from '@summa/core/json/parse-json';

/** A GraphQL answer as it came. */
export interface GraphqlAnswer {
  readonly status: number;
  // The shape of an answer is what tests look at: typed answers are the client package's business.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[] | undefined;
}

/** Where to ask, and as whom. */
export interface Asker {
  readonly url: string;
  readonly apiKey: string;
}

/** Sends one operation and returns whatever the server answers; whole numbers beyond 2^53 come back as bigint. */
export async function ask(server: Asker, query: string, variables: object = {}): Promise<GraphqlAnswer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.apiKey}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = parseJson(await response.text()) as Omit<GraphqlAnswer, 'status'>; // what a GraphQL server answers with
  return { status: response.status, data: body.data, errors: body.errors };
}

/** Like `ask`, but an answer with errors fails the test. */
export async function must(server: Asker, query: string, variables: object = {}): Promise<GraphqlAnswer['data']> {
  const answer = await ask(server, query, variables);
  if (answer.errors !== undefined) throw new Error(`${query}\n${JSON.stringify(answer.errors, null, 1)}`);
  return answer.data;
}
