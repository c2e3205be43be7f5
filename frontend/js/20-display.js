// Theme and density take effect at once; the form still posts, in the background, so that the choice is kept.
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-display]") || !button) return;
  event.preventDefault();
  const root = document.documentElement;
  if (button.value) root.dataset[button.name] = button.value;
  else delete root.dataset[button.name];
  for (const other of form.querySelectorAll(`[name=${button.name}]`)) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  fetch(form.action, { method: "POST", body: new FormData(form, button), redirect: "manual" });
});
