// Shared computers: after a while without a key or a press, warn for a minute, then sign out.
// The server ends such a session by itself too; this only clears the screen in time.
"use strict";

(() => {
  const dialog = document.getElementById("idle");
  const left = dialog.querySelector("[data-idle-left]");
  const allowed = Number(dialog.dataset.idleSeconds) * 1000;
  const warning = Math.min(60_000, allowed / 2);
  const tabs = new BroadcastChannel("mentorwell-activity");
  let last = Date.now();

  const active = () => {
    if (dialog.open) return; // Only the button in the dialog ends the warning.
    last = Date.now();
    tabs.postMessage("active");
  };
  tabs.onmessage = () => {
    last = Date.now();
    dialog.close();
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, active, { passive: true });
  }
  dialog.addEventListener("close", active);

  setInterval(() => {
    const remaining = last + allowed - Date.now();
    if (remaining <= 0) {
      dialog.querySelector("[data-idle-sign-out]").submit();
    } else if (remaining <= warning) {
      left.textContent = String(Math.ceil(remaining / 1000));
      if (!dialog.open) dialog.showModal();
    }
  }, 1000);
})();
