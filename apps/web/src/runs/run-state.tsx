import type { RunState } from '@summa/client';
import { StateDot, type Tone } from '../ui/badge.tsx';

const STATES: Record<RunState, readonly [tone: Tone, word: string]> = {
  RUNNING: ['live', 'Running'],
  FINISHED: ['good', 'Finished'],
  FAILED: ['bad', 'Failed'],
  CRASHED: ['warn', 'Crashed'],
};

/** The state of a run as a shape and a word. */
export function RunStateDot({ state, compact = false }: { readonly state: RunState; readonly compact?: boolean }) {
  const [tone, word] = STATES[state];
  return <StateDot tone={tone} word={word} compact={compact} />;
}
