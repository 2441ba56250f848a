// The page of a version that is being made asks how far it has come, less and less often; "Look again" works without.
"use strict";

const coming = document.querySelector("[data-progress]");
const LONGEST_PAUSE = 30000;

const lookAgain = async (pause) => {
  const next = () => setTimeout(lookAgain, pause, Math.min(pause * 1.5, LONGEST_PAUSE));
  if (document.hidden) return next();
  const answer = await fetch(coming.dataset.progress).catch(() => null);
  if (!answer?.ok) return next();
  const { state, percent, sentence } = await answer.json();
  const said = coming.querySelector("[data-sentence]");
  if (said.textContent !== sentence) said.textContent = sentence;
  coming.querySelector("[data-percent]").textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(percent / 100);
  coming.querySelector("progress").value = percent;
  if (state === "waiting" || state === "making") return next();
  const ready = coming.querySelector("[data-ready]");
  ready.hidden = false;
  coming.querySelector("[role=status]").replaceChildren(ready.textContent);
  ready.remove();
};
if (coming) setTimeout(lookAgain, 2000, 3000);
