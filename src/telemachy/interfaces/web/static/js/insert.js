// <button data-insert="id of a textarea" data-text="…"> puts a suggestion into the box, where it can be changed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const box = document.getElementById(button.dataset.insert);
  box.value = box.value.trim() ? `${box.value.trimEnd()}\n\n${button.dataset.text}` : button.dataset.text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
