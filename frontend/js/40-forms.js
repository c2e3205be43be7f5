// A form is sent once: a second press while the answer is on its way does nothing.
const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll(".busy").forEach((button) => button.classList.remove("busy"));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [data-display]") || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  delete form.dataset.dirty;
  setTimeout(() => event.submitter?.classList.add("busy"), 150);
  setTimeout(() => release(form), 15000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// Leaving with unsent text warns once.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsent]");
  if (form) form.dataset.dirty = "yes";
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsent][data-dirty]:not([data-sent])")) event.preventDefault();
});

// Characters left in a text area.
const count = (area) => {
  let note = area.nextElementSibling;
  if (!note?.matches(".counter")) {
    note = Object.assign(document.createElement("p"), { className: "counter" });
    area.after(note);
  }
  const used = area.value.length, most = area.maxLength;
  note.textContent = most > 0 ? `${used.toLocaleString()} / ${most.toLocaleString()}` : used.toLocaleString();
  note.classList.toggle("over", most > 0 && used >= most);
};
document.addEventListener("input", (event) => event.target.matches("[data-counter]") && count(event.target));
document.querySelectorAll("[data-counter]").forEach(count);
