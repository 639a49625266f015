// Runs before the first paint, so that whoever chose a theme never sees the other one. See src/theme/theme.ts.
try {
  const theme = localStorage.getItem('summa.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme holds.
}
