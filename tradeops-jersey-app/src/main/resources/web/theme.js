// Runs before the page is painted, so that the remembered theme doesn't flash in.
document.documentElement.dataset.theme = localStorage.theme ?? '';
