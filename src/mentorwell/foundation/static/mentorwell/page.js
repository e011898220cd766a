// Small comforts; every page works without them.
"use strict";

// A link with data-dialog="id" leads to a page; where that dialog is already here, it opens instead.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
});

// Where the list would begin below the screen, its controls start folded.
for (const fold of document.querySelectorAll("details[data-fold-when-narrow]")) {
  if (matchMedia("(width < 62rem)").matches) fold.open = false;
}

// A press beside the dialog closes it.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.open && event.target.id !== "idle") {
    event.target.close();
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.querySelector("[role=status]").textContent = button.dataset.done;
  } catch {
    field.focus(); // Selected and focused: the keyboard's own copy works.
  }
});

// A way to begin, pressed, stands on a line of its own in the field that it names.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-adds-line]");
  if (!button) return;
  const field = document.getElementById(button.dataset.addsLine);
  field.value = [field.value.trimEnd(), button.textContent.trim()].filter(Boolean).join("\n");
  field.focus();
});

// Whoever saves while a picker still moves something saves what it moved: the form waits for it.
document.addEventListener("submit", (event) => {
  const picker = event.target.querySelector(".picker:has(.htmx-request)");
  if (!picker) return;
  event.preventDefault();
  const { target, submitter } = event;
  target.addEventListener("htmx:afterSettle", () => target.requestSubmit(submitter), { once: true });
});

// A request that htmx sent and that never came back well: say so where refusals are said.
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const status = event.detail.xhr?.status ?? 0;
    if (status > 0 && status < 500) return; // The server spoke for itself.
    const place = document.getElementById("refusal");
    place.replaceChildren(document.getElementById("not-arrived").content.cloneNode(true));
    place.scrollIntoView({ block: "center" });
  });
}

// What looks as if a patient could be known by it is said while one types, by the patterns with
// which the server reminds afterwards. Nothing is sent for it, and nothing is held back.
(() => {
  const promise = document.querySelector("[data-patients]");
  if (!promise) return;
  const { before, patterns } = JSON.parse(promise.dataset.patients);
  const checks = {
    nhs: (digits) => (11 - ([...digits.slice(0, 9)].reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11)) % 11 === Number(digits[9]),
  };
  const first = (text, { regex, flags, unless, check }) =>
    [...text.matchAll(new RegExp(regex, flags))].find((match) => {
      const front = text.slice(Math.max(0, match.index - before), match.index);
      if (unless && new RegExp(unless, "i").test(front)) return false;
      return !check || checks[check](match[0].replace(/[^0-9]/g, ""));
    });
  const list = new Intl.ListFormat(document.documentElement.lang);
  const kinds = (text) => {
    const found = patterns.map((pattern) => ({ says: pattern.says, at: first(text, pattern)?.index ?? -1 }));
    const told = found.filter(({ at }) => at >= 0).sort((one, other) => one.at - other.at);
    return list.format(new Set(told.map(({ says }) => says)));
  };
  const reminders = new WeakMap();
  const remind = (field) => {
    if (!reminders.has(field)) {
      const place = document.createElement("p");
      place.className = "looks-like";
      place.setAttribute("role", "status");
      field.after(place);
      reminders.set(field, place);
    }
    const said = kinds(field.value);
    const words = said && promise.dataset.patientsSay.replace("%s", said);
    if (reminders.get(field).textContent !== words) reminders.get(field).textContent = words;
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input[type=text]")) remind(event.target);
  });
  for (const field of document.querySelectorAll("textarea")) if (field.value) remind(field);
})();
