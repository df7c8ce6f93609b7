// The chosen theme, before the first paint.
try {
  const theme = localStorage.getItem("cardea.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing has the system's theme.
}
