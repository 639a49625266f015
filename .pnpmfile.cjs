// What `pnpm pack` and `pnpm publish` leave out of a published package.json: the way to the sources, which are not published, and
// what only this checkout needs.
module.exports = {
  hooks: {
    beforePacking({ devDependencies, scripts, ...published }) {
      return { ...published, ...(published.exports && { exports: withoutSources(published.exports) }) };
    },
  },
};

function withoutSources(exports) {
  const entries = Object.entries(exports).map(([path, target]) => {
    if (typeof target === 'string') return [path, target];
    const { '@summa/source': source, ...conditions } = target;
    return [path, conditions];
  });
  return Object.fromEntries(entries);
}
