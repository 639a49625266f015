import { uuidV7 } from '../../uuid-v7.ts';
import type { SampleFields, SampleRun } from './sample-run.ts';

const FIELDS: SampleFields = {
  displayName: 'run',
  state: 'running',
  group: null,
  jobType: null,
  userName: 'ada',
  tags: [],
  notes: '',
  createdAt: 0,
  startedAt: 0,
  finishedAt: null,
  heartbeatAt: 0,
  lastStep: 0,
};

/** Runs of ada, each a second younger than the one before, whose `loss` is 0, 1, 2 … */
export function plainRuns(count: number): SampleRun[] {
  return Array.from({ length: count }, (_, i) => ({
    id: uuidV7(new Date()),
    fields: { ...FIELDS, displayName: `run ${i}`, createdAt: i * 1000 },
    config: { lr: 0.1 },
    metrics: { loss: [i] },
    explicit: {},
    goal: null,
  }));
}
