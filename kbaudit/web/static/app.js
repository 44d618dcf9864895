"use strict";
// Keys: j and k move, Enter opens, / searches, g and a letter goes to a page, a letter does what data-key says.
// Everything works without this file.
(() => {
  const pages = { q: "/", a: "/articles", e: "/events", p: "/gaps", r: "/runs", s: "/sources", b: "/probes", w: "/review" };
  let went = false;
  const cards = () => Array.from(document.querySelectorAll(".finding"));
  const current = () => cards().findIndex((card) => card.hasAttribute("aria-current"));
  const mark = (card) => {
    cards().forEach((other) => other.removeAttribute("aria-current"));
    card.setAttribute("aria-current", "true");
    card.querySelector("a").focus({ preventScroll: true });
  };
  const move = (step) => {
    const all = cards();
    if (!all.length) return;
    const at = Math.min(all.length - 1, Math.max(0, current() + step));
    mark(all[at]);
    all[at].scrollIntoView({ block: "nearest" });
  };
  // A list that is fetched anew (leaving the search box fetches it once more) keeps the card that was chosen.
  let chosen = null;
  document.addEventListener("htmx:before:swap", () => { chosen = cards()[current()]?.querySelector("a").href ?? null; });
  document.addEventListener("htmx:after:swap", () => {
    const card = chosen && cards().find((one) => one.querySelector("a").href === chosen);
    if (card && !document.activeElement?.closest("input, textarea, select")) mark(card);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) { event.preventDefault(); typing.blur(); return; }
    if (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing.form) { event.preventDefault(); typing.form.requestSubmit(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (went && pages[event.key]) { location.href = pages[event.key]; return; }
    went = event.key === "g";
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") {
      const box = document.querySelector("input[type=search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "n") {
      const next = document.querySelector("a[data-next]");
      if (next) next.click();
    } else if (event.key === "?") {
      const help = document.getElementById("keyhelp");
      if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); }
    } else if (/^[a-z]$/.test(event.key)) {
      const target = document.querySelector(`[data-key="${event.key}"]`);
      if (!target || target.disabled) return;
      event.preventDefault();
      if (target.matches("input, textarea")) { target.focus(); return; }
      target.click();
      if (target.matches("summary")) target.parentElement.querySelector("textarea")?.focus();
    }
  });
  // On a phone the pages are one line that scrolls.
  document.querySelector("nav a[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
})();
