/* Broadsheet: copies a feed's address. Without it the address is selected and copied as any text. */
(() => {
  "use strict";
  const told = document.getElementById("copied");
  // The clipboard's own interface exists on secure pages alone.
  const copy = async (field) => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); return true; } catch { return document.execCommand("copy"); }
  };
  document.addEventListener("click", async (event) => {
    const field = event.target.closest(".copy input");
    if (field) return field.select();
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copy(document.getElementById(button.dataset.copy));
    button.textContent = done ? "Copied" : "Ctrl+C";
    told.textContent = done ? "Copied." : "The address is selected: copy it with Ctrl+C.";
    button.focus();
    setTimeout(() => { button.textContent = "Copy"; told.textContent = ""; }, 4000);
  });
})();
