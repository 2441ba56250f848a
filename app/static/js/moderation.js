// Conveniences of the moderation desk only: every step is complete without this file.
"use strict";

const SWITCH = "standpoint-keys-off";
const decide = document.getElementById("decide");
const off = () => localStorage.getItem(SWITCH) === "yes";
const visit = (link) => link && location.assign(link.href);

// The switch that turns single keys off (WCAG 2.1.4), kept in this browser alone.
for (const place of document.querySelectorAll("[data-keys-switch]")) {
  const button = place.querySelector("button");
  const say = () => (button.textContent = off() ? button.dataset.on : button.dataset.off);
  place.hidden = false;
  button.addEventListener("click", () => {
    localStorage.setItem(SWITCH, off() ? "no" : "yes");
    say();
  });
  say();
}

// A statement begins with what was done and why, as long as nobody has written anything.
const sources = document.getElementById("beginnings");
let begun = "";
const begin = () => {
  if (!decide || !sources) return;
  const statement = decide.elements.explanation;
  if (statement.value && statement.value !== begun) return;
  const part = (name) => sources.content.querySelector(`[data-of="${name}"]`)?.textContent ?? "";
  const reason = decide.elements.reason.value;
  const action = decide.elements.action.value;
  const opening = part(action);
  begun = opening ? [opening, reason && part(`${reason} meaning`)].filter(Boolean).join(" ") : "";
  statement.value = begun;
};
decide?.addEventListener("change", begin);

// Selected words go to the passages to be taken out; what readers will see is shown below.
const words = document.querySelector("[data-words]");
let selected = "";
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (words && selection.rangeCount && words.contains(selection.anchorNode) && String(selection).trim()) selected = String(selection).trim();
});
const preview = () => {
  const box = decide?.querySelector("[data-preview]");
  if (!box || !words) return;
  let shown = words.textContent.replace(/\s+/g, " ").trim();
  const lines = decide.elements.redactions.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const missing = [];
  for (const line of lines) {
    const cut = line.lastIndexOf("|");
    const passage = (cut > 0 ? line.slice(0, cut) : line).trim();
    if (!shown.toLowerCase().includes(passage.toLowerCase())) missing.push(passage);
    const sign = box.dataset.sign.replace("…", cut > 0 ? line.slice(cut + 1).trim() : box.dataset.other);
    const words = passage.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    shown = shown.replace(new RegExp(words.join("\\s+"), "gi"), () => sign);
  }
  box.hidden = !lines.length;
  box.querySelector("q").textContent = shown;
  box.querySelector("b").textContent = missing.length ? `${box.dataset.missing} ${missing.join(", ")}` : "";
};
decide?.elements.redactions.addEventListener("input", preview);
const mark = (passage) => {
  const field = decide?.elements.redactions;
  if (!field || !passage) return;
  field.value = [...field.value.split("\n").filter(Boolean), passage].join("\n");
  const redact = decide.querySelector('input[name="action"][value="redact"]');
  if (redact) redact.checked = true;
  begin();
  preview();
  field.focus();
};
for (const row of document.querySelectorAll("[data-hints]")) row.hidden = false;
document.addEventListener("click", (event) => {
  const hint = event.target.closest("[data-mark]");
  if (hint) mark(hint.dataset.mark);
});

// Keys. In the list beside a case J and K go on and back; in the queue they move from link to link.
const links = [...document.querySelectorAll(".queue a, [data-cases] p > a")];
const step = (by) => {
  const focused = links.indexOf(document.activeElement);
  const here = focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[Math.min(Math.max(here + by, 0), links.length - 1)];
  if (decide && focused < 0) visit(next);
  else next?.focus();
};
const choose = (number) => {
  const choice = decide?.querySelectorAll('input[name="action"]')[number - 1];
  if (!choice) return;
  choice.checked = true;
  choice.focus();
  begin();
};
const press = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
const select = () => {
  const box = document.activeElement.closest("li")?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
};
const open = (found) => {
  if (!found) return;
  found.open = !found.open;
  found.querySelector("summary").focus();
};
const acts = {
  j: () => step(1),
  k: () => step(-1),
  r: () => decide?.elements.reason.focus(),
  e: () => decide?.elements.explanation.focus(),
  p: () => decide?.elements.redactions.focus(),
  m: () => mark(selected),
  v: () => open(document.querySelector("[data-distress]")),
  s: () => press("s"),
  c: () => press("c"),
  u: () => press("u"),
  x: select,
  "?": () => open(document.getElementById("keys")),
};
const TYPED_IN = "textarea, select, input:not([type=checkbox], [type=radio])";
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && decide?.contains(event.target)) decide.requestSubmit();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPED_IN) || off()) return;
  if (/^[1-8]$/.test(event.key)) choose(Number(event.key));
  else if (acts[event.key]) acts[event.key]();
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches(TYPED_IN)) event.target.blur();
});

// Who reads what is kept up to date while the page is open.
const live = document.querySelector("[data-live]");
const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(live.dataset.live + location.search);
  if (!answer.ok) return;
  const { waiting, cases } = await answer.json();
  for (const place of document.querySelectorAll("[data-holder]")) {
    const by = cases[place.dataset.holder];
    if (by) place.textContent = live.dataset.nowBy.replace("…", by);
    else if (by === "" && !place.querySelector(".chip")) place.textContent = "";
  }
  for (const number of document.querySelectorAll("[data-waiting]")) number.textContent = waiting;
};
if (live) setInterval(look, 20000);
