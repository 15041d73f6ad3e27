// Runs before the first paint, so that an explicit choice of light or dark never flashes.
(() => {
  const root = document.documentElement;
  root.dataset.scripted = "";
  try {
    const choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  } catch {
    // Storage may be forbidden; the system's preference then applies.
  }
})();
