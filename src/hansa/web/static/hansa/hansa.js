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
document.addEventListener("focusin", (event) => {
for (const menu of open()) if (!menu.contains(event.target) && event.target.closest("main, header")) menu.open = false;
});
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
const show = ({ text, label, href }) => {
if (!box || !text) return;
const toast = document.createElement("div");
toast.className = "toast";
toast.append(Object.assign(document.createElement("span"), { textContent: text }));
if (href) toast.append(Object.assign(document.createElement("a"), { href, textContent: label }));
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
document.addEventListener("input", (event) => {
const form = event.target.closest("form[data-unsent]");
if (form) form.dataset.dirty = "yes";
});
addEventListener("beforeunload", (event) => {
if (document.querySelector("form[data-unsent][data-dirty]:not([data-sent])")) event.preventDefault();
});
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
}
{
const words = document.getElementById("live")?.dataset ?? {};
const kept = (form) => `unsaved:${location.pathname}:${form.dataset.autosave}`;
const tell = (form, text, retry) => {
for (const state of document.querySelectorAll("[data-state]")) {
state.textContent = text;
if (retry) {
const again = Object.assign(document.createElement("button"), { type: "button", className: "btn small quiet", textContent: words.retry });
again.onclick = () => save(form);
state.append(" ", again);
}
}
};
const save = async (form) => {
clearTimeout(form.saving);
const body = new FormData(form);
tell(form, words.saving);
try {
const answer = await fetch(form.dataset.autosave || form.action, { method: "POST", body, headers: { "X-Autosave": "yes" } });
if (!answer.ok) throw new Error(answer.status);
sessionStorage.removeItem(kept(form));
delete form.dataset.dirty;
tell(form, `${words.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`);
} catch {
const texts = [...body].filter(([name, text]) => typeof text === "string" && name !== "csrfmiddlewaretoken");
sessionStorage.setItem(kept(form), JSON.stringify(texts));
form.dataset.dirty = "yes";
tell(form, words.unsaved, true);
}
};
const later = (event) => {
const form = event.target.closest("form[data-autosave]");
if (!form) return;
form.dataset.dirty = "yes";
clearTimeout(form.saving);
form.saving = setTimeout(() => save(form), event.type === "change" ? 0 : 800);
};
document.addEventListener("input", later);
document.addEventListener("change", later);
for (const form of document.querySelectorAll("form[data-autosave]")) {
const texts = JSON.parse(sessionStorage.getItem(kept(form)) ?? "[]");
for (const [name, text] of texts) {
const field = form.elements[name];
if (field?.type && !["checkbox", "radio", "file"].includes(field.type)) field.value = text;
}
if (texts.length) save(form);
addEventListener("online", () => sessionStorage.getItem(kept(form)) && save(form));
}
}
{
const link = document.querySelector("[data-palette]");
let dialog, input, list, note, entries = [], at = 0, asked = 0, timer;
const mark = (index) => {
at = entries.length ? (index + entries.length) % entries.length : 0;
[...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
const chosen = list.children[at];
chosen?.scrollIntoView({ block: "nearest" });
if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
else input.removeAttribute("aria-activedescendant");
};
const draw = () => {
const sprite = link.querySelector("use").getAttribute("href").split("#")[0];
list.replaceChildren(...entries.map((entry, number) => {
const item = Object.assign(document.createElement("li"), { className: "item", id: `palette-${number}` });
item.setAttribute("role", "option");
item.innerHTML = '<svg class="i" aria-hidden="true"><use/></svg><span dir="auto"></span><span class="meta"></span>';
item.querySelector("use").setAttribute("href", `${sprite}#${entry.icon}`);
item.children[1].textContent = entry.label;
item.children[2].textContent = entry.note ?? "";
item.onpointermove = () => at !== number && mark(number);
item.onclick = () => location.assign(entry.href);
return item;
}));
note.hidden = entries.length > 0;
mark(0);
};
const ask = async () => {
const mine = ++asked;
try {
const answer = await fetch(`${link.dataset.palette}?as=json&q=${encodeURIComponent(input.value)}`);
const found = (await answer.json()).entries;
if (mine !== asked) return;
entries = found;
draw();
} catch {
note.hidden = false;
}
};
const build = () => {
dialog = Object.assign(document.createElement("dialog"), { className: "palette" });
dialog.setAttribute("aria-label", link.querySelector("span").textContent);
dialog.innerHTML = '<input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="80"><ul id="palette-list" role="listbox"></ul><p class="note" role="status" hidden></p>';
[input, list, note] = dialog.children;
input.setAttribute("aria-label", link.dataset.hint);
input.placeholder = link.dataset.hint;
list.setAttribute("aria-label", dialog.getAttribute("aria-label"));
note.textContent = link.dataset.none;
input.oninput = () => { clearTimeout(timer); timer = setTimeout(ask, 120); };
input.onkeydown = (event) => {
const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
if (step) { event.preventDefault(); mark(at + step); }
if (event.key === "Enter" && entries[at]) location.assign(entries[at].href);
};
dialog.onclick = (event) => event.target === dialog && dialog.close();
document.body.append(dialog);
};
const show = (event) => {
event.preventDefault();
if (!dialog) build();
if (dialog.open) return dialog.close();
input.value = "";
dialog.showModal();
ask();
};
if (link) {
link.addEventListener("click", show);
document.addEventListener("keydown", (event) => {
if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) show(event);
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
const supported = "PublicKeyCredential" in window
const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0))
const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")
const withBytes = list => (list || []).map(item => ({ ...item, id: toBytes(item.id) }))
async function optionsOf(form) {
const answer = form.dataset.optionsFrom
? await (await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } })).json()
: JSON.parse(document.getElementById(form.dataset.options).textContent)
return (answer.creation_options || answer.request_options || answer).publicKey
}
async function create(form, options) {
const alone = form.elements.passwordless
if (alone) {
const wish = alone.checked ? "required" : "discouraged"
options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: wish, requireResidentKey: alone.checked }
if (alone.checked) options.authenticatorSelection.userVerification = "required"
}
options.user = { ...options.user, id: toBytes(options.user.id) }
options.excludeCredentials = withBytes(options.excludeCredentials)
return navigator.credentials.create({ publicKey: options })
}
async function get(form, options) {
options.allowCredentials = withBytes(options.allowCredentials)
return navigator.credentials.get({ publicKey: options })
}
function written(credential) {
const { response } = credential
const parts = {}
for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
if (response[name]) parts[name] = toText(response[name])
}
if (response.getTransports) parts.transports = response.getTransports()
return JSON.stringify({
id: credential.id,
rawId: toText(credential.rawId),
type: credential.type,
authenticatorAttachment: credential.authenticatorAttachment,
clientExtensionResults: credential.getClientExtensionResults(),
response: parts
})
}
for (const form of document.querySelectorAll("form[data-passkey]")) {
if (!supported) continue
form.hidden = false
form.addEventListener("submit", async event => {
event.preventDefault()
const error = form.querySelector("[data-passkey-error]")
if (error) error.hidden = true
try {
const options = await optionsOf(form)
options.challenge = toBytes(options.challenge)
const credential = await (form.dataset.passkey === "create" ? create : get)(form, options)
form.elements.credential.value = written(credential)
form.submit()
} catch {
if (error) error.hidden = false
}
})
}
}
