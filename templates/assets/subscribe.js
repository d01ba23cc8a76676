/* Broadsheet: copies a feed's address. Without it the address is selected and copied as any text. */
(() => {
  "use strict";
  const told = document.getElementById("copied");
  // The clipboard's own interface exists on secure pages alone; elsewhere what is copied must be selected.
  const copy = async (field) => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); return true; } catch { return document.execCommand("copy"); }
  };
  const beside = (button) => {
    const field = document.createElement("input");
    field.value = button.dataset.address;
    field.readOnly = true;
    field.className = "unseen";
    button.after(field);
    return field;
  };
  document.addEventListener("click", async (event) => {
    const field = event.target.closest(".copy input");
    if (field) return field.select();
    const button = event.target.closest("[data-copy], [data-address]");
    if (!button) return;
    const shown = document.getElementById(button.dataset.copy);
    const source = shown ?? beside(button);
    const done = await copy(source);
    if (!shown) source.remove();
    button.textContent = done ? "Copied" : shown ? "Ctrl+C" : "Not copied";
    told.textContent = done ? "Copied." : shown ? "The address is selected: copy it with Ctrl+C." : "It could not be copied: take the address of the link.";
    button.focus();
    setTimeout(() => { button.textContent = "Copy"; told.textContent = ""; }, 4000);
  });
})();
