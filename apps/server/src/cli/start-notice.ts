/** What the operator is told when the server is ready. */
export interface StartNotice {
  url: string;
  userName: string;
  /** The key that was made just now, where it is kept, or that it is the operator's own. */
  key:
    | { kind: 'made'; apiKey: string; file: string }
    | { kind: 'kept'; file: string }
    | { kind: 'chosen' }
    | { kind: 'unknown' };
  /** A link that signs in once; null when there is none. */
  signIn: string | null;
  /** Where the data lies. */
  place: string;
}

/** A few lines for people: where the API is, the key, and where the data lies. */
export function formatStartNotice({ url, userName, key, signIn, place }: StartNotice): string {
  const lines = [
    ['Sign in', signIn === null ? `${url} with an API key` : `${signIn}   (once, within ten minutes)`],
    ['API', `${url}/graphql`],
    ['GraphiQL', `${url}/graphiql`],
    ['Schema', `${url}/schema.graphql`],
    ['User', userName],
    ['API key', describeKey(key)],
    ['Data', place],
  ];
  return `\nSumma is ready.\n\n${lines.map(([name = '', value]) => `  ${name.padEnd(9)} ${value}`).join('\n')}\n\n`;
}

function describeKey(key: StartNotice['key']): string {
  switch (key.kind) {
    case 'made':
      return `${key.apiKey}   (kept in ${key.file})`;
    case 'kept':
      return `in ${key.file}`;
    case 'chosen':
      return 'the one in SUMMA_API_KEY';
    case 'unknown':
      return 'shown when the first user was made; start once with SUMMA_API_KEY=<40 to 200 characters> to add one';
  }
}
