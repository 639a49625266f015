import { resolveColour } from '../theme/resolve-colour.ts';
import { onThemeChange } from '../theme/theme.ts';

const known = new Map<string, string>();
let isFollowing = false;

/** The colour of a line as a canvas takes it; asked of the page once for each theme, since every line of every chart needs it. */
export function paintColour(css: string): string {
  if (!isFollowing) {
    isFollowing = true;
    onThemeChange(() => known.clear());
  }
  const colour = known.get(css) ?? resolveColour(document.body, css);
  known.set(css, colour);
  return colour;
}
