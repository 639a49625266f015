/** The colour that CSS such as `var(--accent)` stands for at an element just now, in a form that a canvas takes. */
export function resolveColour(at: Element, css: string): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = css;
  at.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
