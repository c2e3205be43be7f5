// The tray says how many are ticked; without scripts it simply stays in view.
const refresh = (tray) => {
  const name = tray.dataset.tray;
  const n = document.querySelectorAll(`[type=checkbox][name="${name}"]:checked`).length;
  const text = tray.querySelector("[data-text]");
  if (text) text.textContent = (n === 1 ? tray.dataset.one : tray.dataset.many).replace("0", n);
  tray.hidden = n === 0;
};
const all = () => document.querySelectorAll("[data-tray]").forEach(refresh);
document.addEventListener("change", (event) => event.target.matches("[type=checkbox]") && all());
document.addEventListener("htmx:afterSettle", all);
addEventListener("pageshow", all);
