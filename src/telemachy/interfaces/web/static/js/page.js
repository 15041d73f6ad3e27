// Everything a page does beyond HTML and htmx. Each part works by attributes; none is needed to use the page.

// Appearance: light, dark, or as the system says.
const root = document.documentElement;

function showTheme() {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.ariaPressed = String(button.dataset.themeChoice === (root.dataset.theme ?? "system"));
  }
}

function chooseTheme(choice) {
  if (choice === "system") delete root.dataset.theme;
  else root.dataset.theme = choice;
  try {
    if (choice === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Not kept where storage is forbidden; it still holds for this page.
  }
  showTheme();
}

showTheme();

// Where tabs do not fit beside each other, the one that is open comes into view.
for (const open of document.querySelectorAll(".tabs [aria-current], .side-nav [aria-current]")) {
  const row = open.closest(".tabs, .side-nav");
  row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}

// Copy: <button data-copy="id of an input" data-copied="Copied">.
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  source.select();
  await navigator.clipboard.writeText(source.value);
  button.querySelector("[aria-live]").textContent = button.dataset.copied;
}

// Menus close by Escape and by a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === except) continue;
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const theme = target.closest("[data-theme-choice]");
  if (theme) chooseTheme(theme.dataset.themeChoice);
  const copier = target.closest("[data-copy]");
  if (copier) copy(copier);
  if (!target.closest("details.menu")) closeMenus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
});

// Before a form goes: what data-confirm on its button or itself asks; and of two clicks the second is let go, else there
// would be two of what it makes. It goes again once an answer is here, or not for a while (a download leaves the page).
const underWay = new Set();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (underWay.has(form) || (question && !window.confirm(question))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (form.method === "post") {
      underWay.add(form);
      setTimeout(() => underWay.delete(form), 10_000);
    }
  },
  true,
);
document.addEventListener("htmx:afterRequest", (event) => underWay.delete(event.detail.elt));
window.addEventListener("pageshow", () => underWay.clear());

// A slider says its value beside its name: <input type="range" id="x"> and <output for="x">.
document.addEventListener("input", (event) => {
  if (event.target.type !== "range") return;
  const output = document.querySelector(`output[for="${event.target.id}"]`);
  if (output) output.textContent = event.target.value;
});

// Focus: an error summary takes it; after a swap it is never lost.
document.querySelector(".form-errors")?.focus();

document.addEventListener("htmx:afterSwap", (event) => {
  const swapped = event.detail.target;
  const wanted = swapped.querySelector("[data-focus-after-swap]") ?? swapped.closest("[data-focus-after-swap]");
  const isRead = event.detail.requestConfig?.verb === "get" || swapped.matches("[role=status]");
  if (wanted) {
    if (!wanted.matches("a[href], button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
    wanted.focus();
  } else if (document.activeElement === document.body && !isRead) {
    swapped.tabIndex = -1;
    swapped.focus({ preventScroll: true });
  }
});

// A draft that could not be saved says so beside its box.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (!event.target.matches("[data-autosave]")) return;
    const state = document.querySelector(event.target.getAttribute("hx-target"));
    if (state) state.textContent = state.dataset.failed;
  });
}

// What asks again and again and is signed out meanwhile would wait for good: the page read anew leads to the sign-in.
document.addEventListener("htmx:responseError", ({ detail, target }) => {
  if (detail.xhr.status === 401 && target.matches("[hx-trigger^='every']")) location.reload();
});
