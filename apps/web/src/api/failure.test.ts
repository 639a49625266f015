import { clientError } from '@summa/client/query';
import { describe, expect, it } from 'vitest';
import { failureKind, found, mayPass } from './failure.ts';

const failed = (code: string, status?: number) => clientError(code, code, status === undefined ? {} : { status });

describe('failureKind', () => {
  it.each([
    [failed('UNAUTHENTICATED', 401), 'signed-out'],
    [failed('HTTP_401', 401), 'signed-out'],
    [failed('FORBIDDEN', 200), 'forbidden'],
    [failed('RUN_NOT_FOUND', 200), 'not-found'],
    [failed('NETWORK'), 'offline'],
    [failed('TIMEOUT'), 'offline'],
    [failed('INTERNAL', 500), 'other'],
    [new Error('a slip of ours'), 'other'],
  ])('of %s is %s', (error, kind) => expect(failureKind(error)).toBe(kind));

  it('of null where the URL names something is not-found', () => {
    expect(() => found(null, 'run "adam"')).toThrow('There is no run "adam", or you may not see it.');
  });
});

describe('mayPass', () => {
  it('holds for the network and the server, not for a refusal or a slip of ours', () => {
    expect([failed('NETWORK'), failed('INTERNAL', 500), failed('SERVER_BUSY', 503)].map(mayPass)).toEqual([
      true,
      true,
      true,
    ]);
    expect([failed('FORBIDDEN', 200), failed('BAD_USER_INPUT', 400), new Error('x')].map(mayPass)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
