// Guess the time zone on the page of an invitation: the browser knows it better than the organisation does.
// A page that came back with errors keeps what was chosen.

const form = document.querySelector("form[data-guess-zone]");
const field = form?.querySelector("select[name=time_zone]");

if (field && !form.querySelector(".form-errors")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...field.options].some((option) => option.value === zone)) field.value = zone;
}
