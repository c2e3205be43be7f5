// Tabs that do not fit can be scrolled: bring the current one into sight.
for (const tabs of document.querySelectorAll(".tabs")) {
  const here = tabs.querySelector("[aria-current]");
  if (!here) continue;
  const tab = here.getBoundingClientRect(), all = tabs.getBoundingClientRect();
  tabs.scrollLeft += tab.left - all.left - (all.width - tab.width) / 2;
}
