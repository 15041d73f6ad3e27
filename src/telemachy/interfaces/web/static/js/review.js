// Reviews by keyboard: Alt and a digit jumps to the field with that digit, Ctrl + Enter keeps what is written.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-send-by-key]");
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  // By the place of the key: with Alt pressed, some keyboards write other characters.
  const digit = event.code.match(/^Digit([1-9])$/)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const fields = [...document.querySelectorAll(`[data-alt-key="${digit}"]`)];
  const field = fields.find((one) => one.checked) ?? fields[0];
  if (!field) return;
  event.preventDefault();
  field.focus();
});
