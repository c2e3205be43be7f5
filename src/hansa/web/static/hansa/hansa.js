{
const open = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
for (const menu of open()) {
menu.open = false;
if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
}
});
document.addEventListener("pointerdown", (event) => {
for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", ({ target }) => {
for (const menu of open()) if (!menu.contains(target) && !target.contains(menu) && target.closest("main, header")) menu.open = false;
});
}
{
for (const tabs of document.querySelectorAll(".tabs")) {
const here = tabs.querySelector("[aria-current]");
if (!here) continue;
const tab = here.getBoundingClientRect(), all = tabs.getBoundingClientRect();
tabs.scrollLeft += tab.left - all.left - (all.width - tab.width) / 2;
}
}
{
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
}
{
const box = document.getElementById("toasts"), live = document.getElementById("live");
const show = ({ text, label, href, press }) => {
if (!box || !text) return;
const toast = document.createElement("div");
toast.className = "toast";
toast.append(Object.assign(document.createElement("span"), { textContent: text }));
if (href) toast.append(Object.assign(document.createElement("a"), { href, textContent: label }));
if (press) {
for (const earlier of box.querySelectorAll(".toast")) if (earlier.dataset.press === press) earlier.remove();
toast.dataset.press = press;
const act = Object.assign(document.createElement("button"), { type: "button", textContent: label });
act.onclick = () => {
const button = document.getElementById(press);
toast.remove();
button?.focus({ preventScroll: true });
button?.click();
};
toast.append(act);
}
const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
close.setAttribute("aria-label", box.dataset.dismiss);
close.onclick = () => toast.remove();
toast.append(close);
let timer;
const wait = () => { timer = setTimeout(() => toast.remove(), 10000); };
for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
wait();
box.append(toast);
while (box.children.length > 3) box.firstChild.remove();
};
document.addEventListener("toast", (event) => show(event.detail));
addEventListener("offline", () => show({ text: box.dataset.offline }));
addEventListener("online", () => show({ text: box.dataset.back }));
for (const name of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(name, () => show({ text: box.dataset.failed }));
const settle = (root) => {
root.querySelector?.("[data-focus]")?.focus();
const news = root.querySelector?.("[data-announce]") ?? root.closest?.("[data-announce]");
if (news && live) live.textContent = news.dataset.announce || news.textContent;
};
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
document.querySelector("[data-focus]")?.focus();
}
{
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
document.addEventListener("input", (event) => {
const form = event.target.closest("form[data-unsent]");
if (form) form.dataset.dirty = "yes";
});
addEventListener("beforeunload", (event) => {
if (!document.querySelector("form[data-unsent][data-dirty]:not([data-sent])")) return;
event.preventDefault();
setTimeout(() => document.querySelectorAll("form[data-sent]").forEach(release));
});
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
}
{
const needs = (selector, file) => document.querySelector(selector) && import(file);
needs("form[data-autosave]", "./autosave.js");
needs("[data-passkey]", "./passkeys.js");
const link = document.querySelector("[data-palette]");
const toggle = async (event) => {
event.preventDefault();
(await import("./palette.js")).toggle();
};
if (link) {
link.addEventListener("click", toggle);
document.addEventListener("keydown", (event) => {
if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) toggle(event);
});
}
}
{
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
}
{
for (const button of document.querySelectorAll("[data-print]")) {
button.hidden = false;
button.addEventListener("click", () => print());
}
}
