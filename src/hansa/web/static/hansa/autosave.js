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
if (answer.status === 205) return location.reload();
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
