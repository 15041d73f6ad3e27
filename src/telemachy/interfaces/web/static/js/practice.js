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

// What was taken back is changed from its end.
const box = document.querySelector("textarea[autofocus]");
box?.setSelectionRange(box.value.length, box.value.length);
