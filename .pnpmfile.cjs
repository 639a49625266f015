// What `pnpm pack` and `pnpm publish` leave out of a published package.json: the way to the sources, which are not published, and
// what only this checkout needs.
module.exports = {
  hooks: {
    beforePacking({ devDependencies, scripts, ...published }) {
      for (const field of ['exports', 'imports']) {
        if (published[field]) published[field] = withoutSources(published[field]);
      }
      return published;
    },
  },
};

/** Conditions may stand within conditions. */
function withoutSources(target) {
  if (typeof target !== 'object' || target === null) return target;
  const { '@summa/source': source, ...others } = target;
  return Object.fromEntries(Object.entries(others).map(([name, inner]) => [name, withoutSources(inner)]));
}
