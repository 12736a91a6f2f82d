// Runs before the page is painted, so that the remembered theme doesn't flash in.
try {
  const theme = localStorage.getItem('theme');
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // storage is switched off; the system's preference holds
}
