import { clientError } from './error-families.ts';

/** A project by name; without an entity it is the viewer's own. */
export interface ProjectPath {
  readonly entity?: string;
  readonly project: string;
}

/**
 * Reads `entity/project` or just `project`; an `entity` given beside it must not contradict.
 *
 * Throws INVALID_OPTION for anything else. Whether the names are allowed is the server's to say.
 */
export function parseProjectPath(text: string, entity?: string): ProjectPath {
  const parts = text.split('/');
  const [first = '', second] = parts;
  const isPath = parts.length <= 2 && parts.every((part) => part !== '');
  const contradicts = second !== undefined && entity !== undefined && entity !== first;
  if (!isPath || contradicts) {
    const beside = entity === undefined ? '' : ` beside entity ${JSON.stringify(entity)}`;
    const message = `project ${JSON.stringify(text)}${beside} is not a project; give "entity/name" or "name"`;
    throw clientError('INVALID_OPTION', message);
  }
  if (second !== undefined) return { entity: first, project: second };
  return entity === undefined ? { project: first } : { entity, project: first };
}
