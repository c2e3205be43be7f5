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

// In a form that is answered in place, what is pressed while an answer is on its way is pressed again in the new form.
const waiting = {};
const inPlace = (node) => node?.closest?.("form[hx-post][id]");
const hold = (event) => {
  const form = inPlace(event.target), pressed = event.submitter ?? event.target;
  if (!form || !waiting[form.id] || pressed === form) return;
  waiting[form.id].push([pressed.name, pressed.value, pressed.getAttribute("formaction"), pressed.checked]);
  event.preventDefault();
  event.stopPropagation();
};
for (const name of ["submit", "change"]) document.addEventListener(name, hold, true);
const pressAgain = (form) => {
  const presses = (form && waiting[form.id]) ?? [];
  if (form) delete waiting[form.id];
  while (presses.length) {
    const [name, value, action, checked] = presses.shift();
    const same = (one) => one.name === name && one.value === value && one.getAttribute("formaction") === action;
    [...form.elements].find((one) => same(one) && !one.disabled && (checked === undefined || one.checked !== checked))?.click();
    if (waiting[form.id]) return waiting[form.id].push(...presses);
  }
};
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (inPlace(detail.elt) === detail.elt) waiting[detail.elt.id] = [];
});
document.addEventListener("htmx:afterSettle", ({ detail }) => pressAgain(inPlace(detail.elt)));
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful || detail.xhr.status === 422 || delete waiting[detail.elt.id]);

// Leaving with unsent text warns once; who stays can press again at once.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsent]");
  if (form) form.dataset.dirty = "yes";
});
addEventListener("beforeunload", (event) => {
  if (!document.querySelector("form[data-unsent][data-dirty]:not([data-sent])")) return;
  event.preventDefault();
  setTimeout(() => document.querySelectorAll("form[data-sent]").forEach(release));
});

// Characters left in a text area.
const count = (area) => {
  let note = area.nextElementSibling;
  if (!note?.matches(".counter")) {
    note = Object.assign(document.createElement("p"), { className: "counter" });
    area.after(note);
  }
  const used = area.value.length, most = area.maxLength;
  const [so, far] = [used, most].map((number) => number.toLocaleString(document.documentElement.lang));
  note.textContent = most > 0 ? `${so} / ${far}` : so;
  note.classList.toggle("over", most > 0 && used >= most);
};
document.addEventListener("input", (event) => event.target.matches("[data-counter]") && count(event.target));
document.querySelectorAll("[data-counter]").forEach(count);
