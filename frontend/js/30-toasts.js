// Toasts tell what the page also says elsewhere. They stay ten seconds, and while they are hovered or focused.
// Show one with: document.dispatchEvent(new CustomEvent("toast", {detail: {text, label, href}})), or from the
// server with the header HX-Trigger: {"toast": {"text": "...", "label": "Undo", "href": "/..."}}. Instead of an
// address, "press" is the id of a button of the page, which the toast presses.
const box = document.getElementById("toasts"), live = document.getElementById("live");
const show = ({ text, label, href, press }) => {
  if (!box || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(Object.assign(document.createElement("span"), { textContent: text }));
  if (href) toast.append(Object.assign(document.createElement("a"), { href, textContent: label }));
  if (press) {
    // The button undoes the last change only: what an earlier toast speaks of is no longer its business.
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

// After a swap: an error summary takes the focus, a data-announce text is read out.
const settle = (root) => {
  root.querySelector?.("[data-focus]")?.focus();
  const news = root.querySelector?.("[data-announce]") ?? root.closest?.("[data-announce]");
  if (news && live) live.textContent = news.dataset.announce || news.textContent;
};
document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
document.querySelector("[data-focus]")?.focus();
