/** The start of a file as text. */
export interface FileText {
  readonly text: string;
  /** Whether the file goes on after it. */
  readonly isCut: boolean;
  /** Whether the bytes are no text. */
  readonly isBinary: boolean;
}

/** As much of a file as is read to show it. */
export const MOST_BYTES = 1_048_576;

/** Reads the start of a file. Rejects with what the server said. */
export async function readFileText(href: string, size: number, signal: AbortSignal): Promise<FileText> {
  const isCut = size > MOST_BYTES;
  const headers = isCut ? { range: `bytes=0-${MOST_BYTES - 1}` } : {};
  const response = await fetch(href, { signal, headers }).catch((cause: unknown) => {
    throw new Error('The file could not be read: the server does not answer.', { cause });
  });
  if (!response.ok) throw new Error(await saidBy(response));
  const text = new TextDecoder().decode(await response.arrayBuffer(), { stream: isCut });
  return { text, isCut, isBinary: text.slice(0, 8_192).includes('\0') };
}

async function saidBy(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => null)) as { errors?: { message?: string }[] } | null;
  return answer?.errors?.[0]?.message ?? `The server answered ${response.status}.`;
}
