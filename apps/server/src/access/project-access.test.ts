import { describe, expect, it } from 'vitest';
import { decideAccess, type Need } from './project-access.ts';
import type { Role } from './role.ts';
import type { Scope } from './scope.ts';

const ALL: Scope[] = ['ADMIN'];
const NEEDS: Need[] = ['read', 'write', 'create', 'delete run', 'administer'];

const decide = (role: Role | null, scopes: Scope[], isPublic = false) =>
  NEEDS.map((need) => decideAccess({ role, isPublic, scopes: new Set(scopes) }, need)).join(' ');

describe('who may read, write, create, delete runs and administer', () => {
  it('grows with the role', () => {
    expect(decide('READER', ALL)).toBe('allowed forbidden forbidden forbidden forbidden');
    expect(decide('WRITER', ALL)).toBe('allowed allowed allowed allowed forbidden');
    expect(decide('OWNER', ALL)).toBe('allowed allowed allowed allowed allowed');
  });

  it('is bounded by the scopes of the key', () => {
    expect(decide('OWNER', ['READ'])).toBe('allowed forbidden forbidden forbidden forbidden');
    expect(decide('OWNER', ['INGEST'])).toBe('forbidden allowed forbidden forbidden forbidden');
    expect(decide('OWNER', ['INGEST', 'READ'])).toBe('allowed allowed forbidden forbidden forbidden');
    expect(decide('OWNER', [])).toBe('forbidden forbidden forbidden forbidden forbidden');
  });

  it('is hidden from strangers, whatever their key', () => {
    expect(decide(null, ALL)).toBe('hidden hidden hidden hidden hidden');
    expect(decide(null, [])).toBe('hidden hidden hidden hidden hidden');
  });

  it('is reading for everybody when the project is public', () => {
    expect(decide(null, ALL, true)).toBe('allowed forbidden forbidden forbidden forbidden');
    expect(decide(null, ['INGEST'], true)).toBe('forbidden forbidden forbidden forbidden forbidden');
    expect(decide('WRITER', ALL, true)).toBe('allowed allowed allowed allowed forbidden');
  });
});
