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
list.replaceChildren(...entries.map((entry, number) => {
const item = Object.assign(document.createElement("li"), { className: "item", id: `palette-${number}` });
item.setAttribute("role", "option");
item.innerHTML = '<svg class="i" aria-hidden="true"><use/></svg><span dir="auto"></span><span class="meta"></span>';
item.querySelector("use").setAttribute("href", entry.icon);
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
export const toggle = () => {
if (!dialog) build();
if (dialog.open) return dialog.close();
input.value = "";
dialog.showModal();
ask();
};
