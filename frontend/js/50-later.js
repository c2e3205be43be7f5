// What few pages need is fetched when it is needed.
const needs = (selector, file) => document.querySelector(selector) && import(file);
needs("form[data-autosave]", "./autosave.js");
needs("[data-passkey]", "./passkeys.js");

// The command palette opens with its link, and with Ctrl or Cmd and K.
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
