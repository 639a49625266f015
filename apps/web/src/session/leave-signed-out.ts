let leave: (() => void) | undefined;

/** Says what is done when the server no longer knows who is here. The router does, once it exists. */
export function whenSignedOut(listener: () => void): void {
  leave = listener;
}

/** To be called when the server answered that nobody is signed in. */
export function leaveSignedOut(): void {
  leave?.();
}
