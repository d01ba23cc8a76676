/* Broadsheet: comforts; every page is complete without them. Load in <head>, no defer: the theme
   must stand before the first paint. Asks the network for nothing; keeps its notes in this browser. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (query) => [...document.querySelectorAll(query)];
  const get = (key, otherwise) => {
    try { return JSON.parse(localStorage.getItem("broadsheet." + key)) ?? otherwise; } catch { return otherwise; }
  };
  const put = (key, value) => {
    try { localStorage.setItem("broadsheet." + key, JSON.stringify(value)); } catch {}
  };

  // Theme: only a choice that differs from the system's is kept.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const paint = () => {
    const kept = get("theme");
    if (kept) root.dataset.theme = kept; else delete root.dataset.theme;
    for (const meta of all("meta[name=theme-color]")) {
      meta.dataset.media ??= meta.media;
      meta.media = !kept ? meta.dataset.media : meta.dataset.media.includes(kept) ? "all" : "not all";
    }
    for (const button of all("[data-do=theme]")) button.ariaPressed = dark();
  };
  const turn = () => {
    const want = dark() ? "light" : "dark";
    put("theme", (want === "dark") === system.matches ? null : want);
    paint();
  };
  paint();
  root.dataset.js = "";
  system.addEventListener("change", paint);
  addEventListener("storage", () => { paint(); mark(); });

  // Unread marks: the ids of opened stories. None shows on a first visit.
  const read = () => new Set(get("read", []));
  const remember = (ids) => put("read", [...new Set([...read(), ...ids])].slice(-2000));
  const stories = () => all(".story[data-story]");
  const mark = () => {
    const known = read();
    for (const story of stories()) {
      const seen = known.has(story.dataset.story);
      story.toggleAttribute("data-read", seen);
      story.toggleAttribute("data-unread", !seen && known.size > 0);
      for (const word of story.querySelectorAll("[data-when]")) word.hidden = word.dataset.when !== (seen ? "read" : known.size ? "unread" : "");
    }
  };

  // Keys: single letters, never a browser's combination, off by one tick.
  const links = () => all(".story :is(h2, h3) a");
  const step = (by) => {
    const list = links(), at = list.indexOf(document.activeElement);
    list[Math.max(0, Math.min(list.length - 1, at + by))]?.focus();
  };
  const help = () => { const box = document.getElementById("keys"); if (!box.open) box.showModal(); };
  const search = () => document.querySelector("main input[type=search]") ?? document.querySelector("a[rel=search]");
  const seek = () => { const place = search(); if (place.matches("input")) place.focus(); else place.click(); };
  const keys = { j: () => step(1), k: () => step(-1), o: () => links().find((link) => link === document.activeElement)?.click(), t: turn, "/": seek, "?": help };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!get("keys", true) || event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === "/" && !search()) return;
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });

  addEventListener("DOMContentLoaded", () => {
    const open = document.querySelector("article[data-story]:not(.story)");
    if (open) remember([open.dataset.story]);
    paint();
    mark();
    const tick = document.querySelector("[data-do=keys-on]");
    if (tick) { tick.checked = get("keys", true); tick.addEventListener("change", () => put("keys", tick.checked)); }
    const does = { theme: turn, keys: help, "read-all": () => { remember(stories().map((story) => story.dataset.story)); mark(); } };
    document.addEventListener("click", (event) => does[event.target.closest("[data-do]")?.dataset.do]?.());
  });
  addEventListener("pageshow", (event) => { if (event.persisted) mark(); });
})();
