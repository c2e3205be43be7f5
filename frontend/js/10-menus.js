// Menus are native details elements: close them on Escape (focus goes back) and on a press outside.
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
// A press on a label inside a menu gives the focus to the main part around it, which is no leaving.
document.addEventListener("focusin", ({ target }) => {
  for (const menu of open()) if (!menu.contains(target) && !target.contains(menu) && target.closest("main, header")) menu.open = false;
});
