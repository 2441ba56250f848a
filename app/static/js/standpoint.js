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

// Hints on a clause, a moment after its author stopped typing.
const hint = async (field) => {
  const form = field.form;
  const answer = await fetch(form.dataset.hintsFrom, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value },
    body: new URLSearchParams({ clause: field.value }),
  });
  if (!answer.ok) return;
  const sentences = (await answer.json()).map((sentence) => {
    const line = document.createElement("p");
    line.textContent = sentence;
    return line;
  });
  document.getElementById(field.dataset.hints).replaceChildren(...sentences);
};
let pause;
document.addEventListener("input", (event) => {
  if (!event.target.dataset.hints || !event.target.form.dataset.hintsFrom) return;
  clearTimeout(pause);
  pause = setTimeout(hint, 700, event.target);
});

// The list of rights is narrowed while words are typed or a theme is chosen; what is ticked stays in sight.
for (const picker of document.querySelectorAll("[data-picker]")) {
  const list = document.getElementById(picker.dataset.picker);
  const words = picker.querySelector("input");
  const theme = picker.querySelector("select");
  const narrow = () => {
    const named = theme.value ? theme.selectedOptions[0].text : "";
    const sought = `${words.value} ${named}`.toLowerCase().split(/\s+/).filter(Boolean);
    for (const shelf of list.querySelectorAll("details")) {
      for (const right of shelf.querySelectorAll("label")) {
        const said = right.textContent.toLowerCase();
        right.hidden = !right.querySelector("input").checked && !sought.every((word) => said.includes(word));
      }
      shelf.hidden = !shelf.querySelector("label:not([hidden])");
      shelf.open = !shelf.hidden && (sought.length > 0 || shelf.querySelector("input:checked") !== null);
    }
  };
  picker.addEventListener("input", narrow);
  picker.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === words) event.preventDefault();
  });
}

// In a list of rows J and K go to the next and the one before, and O opens what is folded, while the focus is inside.
const TYPING = "textarea, select, input:not([type=checkbox], [type=radio])";
for (const list of document.querySelectorAll("[data-rows]")) {
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    const rows = [...list.children].filter((row) => row.querySelector("input[type=checkbox]"));
    const here = rows.findIndex((row) => row.contains(event.target));
    const step = { j: 1, k: -1 }[event.key];
    const next = step ? rows[here + step] : undefined;
    const folded = event.key === "o" ? rows[here]?.querySelector("details") : undefined;
    if (next) next.querySelector("input[type=checkbox]").focus();
    if (folded) folded.open = !folded.open;
    if (next || folded) event.preventDefault();
  });
}
