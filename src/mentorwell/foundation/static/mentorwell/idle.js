// Shared computers: after a while without a key or a press, warn for a minute, then sign out.
// The server ends such a session by itself; this clears the screen in time, and tells the server
// that somebody is there who types for long without sending.
"use strict";

(() => {
  const dialog = document.getElementById("idle");
  const left = dialog.querySelector("[data-idle-left]");
  const allowed = Number(dialog.dataset.idleSeconds) * 1000;
  const warning = Math.min(60_000, allowed / 2);
  const tabs = new BroadcastChannel("mentorwell-activity");
  let last = Date.now();
  let told = last;

  const active = () => {
    if (dialog.open) return; // Only the button in the dialog ends the warning.
    last = Date.now();
    if (last - told < 30_000) return;
    told = last;
    tabs.postMessage("active");
    fetch(dialog.dataset.idleTell, { cache: "no-store" }).catch(() => {}); // Away for a moment: the next key tells it.
  };
  tabs.onmessage = () => {
    last = Date.now();
    if (dialog.open) dialog.close();
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, active, { passive: true });
  }
  dialog.addEventListener("close", active); // Its button ends the warning, here and at the server.

  const watch = setInterval(() => {
    const remaining = last + allowed - Date.now();
    if (remaining <= 0) {
      clearInterval(watch);
      dialog.querySelector("[data-idle-sign-out]").submit();
    } else if (remaining <= warning) {
      left.textContent = String(Math.ceil(remaining / 1000));
      if (!dialog.open) dialog.showModal();
    }
  }, 1000);
})();
