// The clock of the conversation guide: no sound, nothing sent, nothing kept.
"use strict";

for (const guide of document.querySelectorAll("[data-guide]")) {
  const length = Number(guide.dataset.guide);
  const steps = [...guide.querySelectorAll("[data-from]")];
  const bar = guide.querySelector("progress");
  const left = guide.querySelector("[data-guide-left]");
  const said = guide.querySelector("[data-guide-step]");
  const button = guide.querySelector("[data-guide-start]");
  let gone = 0; // milliseconds before the clock was last started
  let since = null; // when it was, or null while it stands still
  let current = null;

  const minutes = () => (gone + (since === null ? 0 : Date.now() - since)) / 60000;

  function show() {
    const now = minutes();
    bar.value = Math.min(now, length);
    const rest = Math.ceil(length - now);
    left.textContent = rest > 0 ? `${rest} ${rest === 1 ? "minute" : "minutes"} left` : "Time to close";
    const step = steps.findLast((each) => Number(each.dataset.from) <= now);
    if (step === current || since === null) return;
    current = step; // Opened once, when its minute comes; what one opens or shuts by hand stays.
    for (const each of steps) each.open = each === step;
    said.textContent = step.querySelector("summary").textContent;
  }

  button.addEventListener("click", () => {
    if (since === null) {
      since = Date.now();
    } else {
      gone += Date.now() - since;
      since = null;
    }
    button.textContent = since === null ? button.dataset.stopped : button.dataset.running;
    show();
  });
  setInterval(show, 1000);
}
