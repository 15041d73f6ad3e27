// The conversation ribbon: choosing a turn in the drawing, in the transcript or by ear is one and the same.

const figure = document.querySelector("[data-ribbon]");
const list = document.querySelector("[data-turns]");
const audio = document.querySelector("[data-audio]");
const follow = document.querySelector("[data-follow]");
const said = document.querySelector("[data-ribbon-said]");
const track = figure?.querySelector("[data-ribbon-track]");

const KINDS = { o: "open_question", c: "closed_question", r: "reflection", a: "input", x: "other" };
const LETTERS = Object.fromEntries(Object.entries(KINDS).map(([key, kind]) => [kind, key.toUpperCase()]));

const turns = () => [...list.querySelectorAll(".turn")];
const turn = (number) => document.getElementById(`turn-${number}`);
const bars = (number) => figure.querySelectorAll(`.ribbon-turn[data-turn="${number}"]`);

let chosen = null;

function mark(number, name) {
  for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
  turn(number)?.classList.add(name);
  for (const bar of bars(number)) bar.classList.add(name);
}

function choose(number, { focus = "", seek = false } = {}) {
  const row = turn(number);
  if (!row) return;
  chosen = number;
  mark(number, "is-chosen");
  for (const one of list.querySelectorAll(".turn[tabindex='0']")) one.tabIndex = -1;
  row.tabIndex = 0;
  said.textContent = row.dataset.title;
  track.setAttribute("aria-valuenow", String(number + 1));
  track.setAttribute("aria-valuetext", row.dataset.title);
  if (focus === "turn") row.focus({ preventScroll: true });
  if (focus !== "ribbon" && (focus || seek)) row.scrollIntoView({ block: "nearest" });
  if (seek && audio && row.dataset.start) audio.currentTime = Number(row.dataset.start);
}

function step(by, focus) {
  const all = turns();
  const at = all.findIndex((row) => Number(row.dataset.turn) === chosen);
  choose(Number(all[Math.min(Math.max(at + by, 0), all.length - 1)].dataset.turn), { focus, seek: true });
}

function correct(kind) {
  const row = turn(chosen);
  if (!row?.dataset.kind || !document.querySelector(".keys-help")) return;
  const focus = document.activeElement === track ? "" : "turn";
  window.htmx
    .ajax("POST", row.dataset.url, { target: row, swap: "outerHTML", values: { kind } })
    .then(() => choose(chosen, { focus }));
}

// What was corrected or pinned shows in the drawing, too.
function redraw(row) {
  const { kind } = row.dataset;
  for (const bar of kind ? bars(row.dataset.turn) : []) {
    bar.querySelector("title").textContent = row.dataset.title;
    bar.setAttribute("class", `ribbon-turn kind-${kind}${"unsure" in row.dataset ? " kind-unsure" : ""}`);
    bar.querySelector(".ribbon-weave")?.setAttribute("fill", `url(#weave-${kind})`);
    const letter = bar.querySelector("text");
    if (letter) letter.textContent = LETTERS[kind];
  }
}

function repin(panel) {
  for (const bar of bars(panel.dataset.ofTurn)) {
    const pin = bar.querySelector(".ribbon-pin");
    if (pin && panel.dataset.pins === "0") pin.remove();
    if (pin || panel.dataset.pins === "0") continue;
    const rect = bar.querySelector(".ribbon-bar");
    const made = figure.querySelector(".ribbon-key .ribbon-pin").cloneNode();
    made.setAttribute("d", "M2 3 a4 4 0 0 1 0 8 a4 4 0 0 1 0 -8 Z M1.25 10 h1.5 v8 h-1.5 Z");
    made.setAttribute("transform", `translate(${rect.getAttribute("x")} ${Number(rect.getAttribute("y")) - 18})`);
    bar.append(made);
  }
}

function open() {
  const link = turn(chosen)?.querySelector(".turn-open");
  if (!link) return;
  choose(chosen, { focus: "turn" }); // from the drawing, too: it may open further down than the window shows
  // A turn just corrected is new on the page: htmx must know its link, or the click leaves the page.
  htmx.process(link);
  link.click();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, button")) return;
  const inTrack = event.currentTarget === track;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const near = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const moves = { ...near, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
  if (key in moves) step(moves[key], inTrack ? "ribbon" : "turn");
  else if (key in KINDS) correct(KINDS[key]);
  else if (key === " " && audio) audio.paused ? audio.play() : audio.pause();
  else if (key === "Enter" && !event.target.closest("a")) open();
  else return;
  event.preventDefault();
}

function start() {
  track.tabIndex = 0;
  track.setAttribute("role", "slider");
  track.setAttribute("aria-labelledby", "turns-heading");
  const numbers = turns().map((row) => Number(row.dataset.turn) + 1);
  Object.assign(track, { ariaValueMin: numbers[0], ariaValueMax: numbers.at(-1) });
  const first = location.hash.match(/^#turn-(\d+)$/);
  choose(first && turn(first[1]) ? Number(first[1]) : Number(turns()[0]?.dataset.turn));

  track.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-turn]");
    if (bar) choose(Number(bar.dataset.turn), { focus: "turn", seek: true });
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".turn");
    if (!row || event.target.closest(".turn-panel")) return;
    const focus = event.target.closest("a") ? "" : "turn"; // so that the keys are for the turn clicked
    choose(Number(row.dataset.turn), { focus, seek: !!event.target.closest(".turn-at") });
  });
  track.addEventListener("keydown", onKey);
  list.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to-turn]");
    if (link) choose(Number(link.dataset.toTurn), { focus: "turn", seek: true });
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const row = event.target.closest?.(".turn");
    if (!row) return;
    redraw(row);
    for (const panel of event.target.querySelectorAll(".panel")) repin(panel);
    if (row.contains(document.activeElement)) row.querySelector(".panel")?.scrollIntoView({ block: "nearest" });
    if (Number(row.dataset.turn) === chosen) mark(chosen, "is-chosen");
  });

  // Signed out meanwhile, or the recording is withdrawn: the page read anew says which.
  document.addEventListener("htmx:responseError", ({ detail }) => [401, 404].includes(detail.xhr.status) && location.reload());

  audio?.addEventListener("timeupdate", () => {
    const at = audio.currentTime;
    const now = turns().findLast((row) => row.dataset.start && Number(row.dataset.start) <= at);
    if (!now || now.classList.contains("is-playing")) return;
    mark(Number(now.dataset.turn), "is-playing");
    if (follow?.checked && !audio.paused) now.scrollIntoView({ block: "center" });
  });
}

if (figure && list && turns().length) start();
