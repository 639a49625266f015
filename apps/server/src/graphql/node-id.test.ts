import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidV7 } from '../uuid-v7.ts';
import { formatNodeId, parseNodeId, parseNodeIdOf, parseRunId } from './node-id.ts';

const anyUuid = fc.date({ min: new Date(0), max: new Date('2300-01-01'), noInvalidDate: true }).map(uuidV7);

describe('a node id', () => {
  it('names project and run in base64url', () => {
    const [project, run] = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b'];
    expect(formatNodeId('Run', project, run)).toBe(Buffer.from(`Run:${project}:${run}`).toString('base64url'));
    expect(parseRunId(formatNodeId('Run', project, run))).toEqual({ projectId: project, runId: run });
  });

  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(anyUuid, anyUuid, (a, b) => {
        expect(parseNodeId(formatNodeId('Run', a, b))).toEqual({ type: 'Run', parts: [a, b] });
        expect(parseNodeIdOf('Project', formatNodeId('Project', a), ['id'])).toBe(a);
      }),
    );
  });

  it('is INVALID_ID for every other text, never another failure', () => {
    const shaped = fc.tuple(fc.constantFrom('Run', 'User', 'ApiKey', 'Key', '__proto__'), fc.string(), fc.string());
    const anyText = fc.oneof(
      fc.string(),
      shaped.map((parts) => Buffer.from(parts.join(':')).toString('base64url')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        expect(() => parseNodeId(text)).toThrow(expect.objectContaining({ code: 'INVALID_ID' }));
      }),
    );
  });

  it('is INVALID_ID when it is written in another way, or names another type', () => {
    const id = formatNodeId('Project', uuidV7(new Date()));
    for (const text of [
      `${id}=`,
      ` ${id}`,
      id.toUpperCase(),
      Buffer.from(`Project:${uuidV7(new Date()).toUpperCase()}`).toString('base64url'),
    ]) {
      expect(() => parseNodeId(text)).toThrow(expect.objectContaining({ code: 'INVALID_ID' }));
    }
    expect(() => parseRunId(id)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ID',
        path: ['runId'],
        message: expect.stringContaining('of a Project, not of a Run'),
      }),
    );
  });
});
