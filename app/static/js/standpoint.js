// Conveniences only: every page is complete without this file.
"use strict";

const openMenus = () => document.querySelectorAll("details.pop[open]");

// A menu closes on Escape, with the focus back on its name, and on a press elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
