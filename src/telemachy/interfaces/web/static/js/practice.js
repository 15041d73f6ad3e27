// Practice by keyboard: Ctrl + Enter sends what is being written, a digit presses the button with that digit.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-send-by-key]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches?.("textarea, input, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
});

// The box to write in is where one goes on, after an exercise as after a turn.
const box = document.querySelector("form[data-send-by-key] textarea");
if (box && !document.querySelector(".form-errors")) {
  box.focus({ preventScroll: true });
  box.setSelectionRange(box.value.length, box.value.length);
}
