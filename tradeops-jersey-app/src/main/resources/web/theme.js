// Runs before the first paint, so that the stored theme doesn't flash.
document.documentElement.dataset.theme = localStorage.theme ?? '';
