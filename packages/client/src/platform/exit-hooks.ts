const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const open = new Set<() => Promise<void>>();
let isEnding = false;

/** As `Platform.beforeExit`; the process has listeners of ours only while something is registered. */
export function beforeExit(sendRest: () => Promise<void>): () => void {
  if (open.size === 0) listen();
  open.add(sendRest);
  return () => {
    if (open.delete(sendRest) && open.size === 0) stopListening();
  };
}

function listen(): void {
  process.on('beforeExit', onExit);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function stopListening(): void {
  process.off('beforeExit', onExit);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Node asks again after whatever we do here: once is enough. */
function onExit(): void {
  process.off('beforeExit', onExit);
  void sendAll();
}

/** A second signal ends the process at once. */
function onSignal(signal: NodeJS.Signals): void {
  if (isEnding) return;
  isEnding = true;
  // Whoever listens too decides himself when the process ends.
  const isOurs = process.listenerCount(signal) === 1;
  stopListening();
  void sendAll().then(() => {
    isEnding = false;
    if (isOurs) process.kill(process.pid, signal);
  });
}

async function sendAll(): Promise<void> {
  await Promise.allSettled([...open].map((sendRest) => sendRest()));
}
