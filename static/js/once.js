// A double click sends a form once. The second click would take the place of the first, whose answer brings a new
// session: the person would be told to try again while everything had gone well.
const REST = 5000; // milliseconds after which the button works again, should the first try have come to nothing

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if ("sent" in form.dataset) return event.preventDefault();
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, REST);
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));
