/* Broadsheet: what the preview adds to a page. It shows what the server says is wrong, changes style sheets in
   place, and loads the page again where it has changed; nothing of it is ever written into a site. */
(() => {
  "use strict";
  const own = document.currentScript;
  const PATIENCE = 1000;
  let look = own.dataset.look, stream, told = "", host;

  // A window that nobody sees holds no connection: a browser has six for each server.
  const listen = () => {
    stream?.close();
    if (document.hidden) return;
    const page = encodeURIComponent(location.pathname);
    const mine = stream = new EventSource(`/.broadsheet/live?page=${page}&look=${look}`);
    mine.onmessage = (event) => heed(JSON.parse(event.data));
    mine.onerror = () => {
      mine.close();
      if (mine === stream) setTimeout(() => mine === stream && listen(), PATIENCE);
    };
  };

  const heed = (news) => {
    if (news.do === "reload") { stream.close(); location.reload(); return; }
    if (news.do === "styles") { restyle(news.styles, news.marks); look = news.look; }
    show(news.told);
  };

  // The old sheet stays until the new one has come: there is no moment without any.
  const restyle = (styles, marks) => {
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.dataset.gone);
    const ours = sheets.filter((link) => link.dataset.ours !== undefined);
    const theirs = sheets.filter((link) => link.dataset.ours === undefined);
    theirs.forEach((link, at) => change(link, styles[at]));
    if (ours.length) change(ours[0], marks);
    else if (marks) { const link = document.createElement("link"); link.rel = "stylesheet"; link.dataset.ours = ""; link.href = marks; document.head.append(link); }
  };
  const change = (link, href) => {
    if (href === undefined || link.getAttribute("href") === href) return;
    if (!href) { link.remove(); return; }
    const fresh = link.cloneNode();
    link.dataset.gone = "";
    fresh.addEventListener("load", () => link.remove());
    fresh.addEventListener("error", () => link.remove());
    fresh.href = href;
    link.after(fresh);
  };

  // What is wrong stands over the page, where neither its styles nor its keys reach.
  const show = (now) => {
    if (now === told) return;
    told = now;
    if (!now) { host?.remove(); host = undefined; return; }
    if (!host) {
      host = document.createElement("broadsheet-told");
      const shadow = host.attachShadow({ mode: "open" });
      shadow.innerHTML = '<link rel="stylesheet" href="/.broadsheet/live.css"><dialog class="told" aria-labelledby="broadsheet-told"></dialog><button type="button" class="again"></button>';
      shadow.querySelector("link").addEventListener("load", raise);
      shadow.querySelector("dialog").addEventListener("close", () => { shadow.querySelector(".again").hidden = false; });
      shadow.querySelector(".again").addEventListener("click", raise);
      host.addEventListener("keydown", (event) => event.stopPropagation());
      host.hidden = true;
      document.documentElement.append(host);
    }
    const dialog = host.shadowRoot.querySelector("dialog");
    dialog.innerHTML = now + '<form method="dialog"><button autofocus>See the page</button></form>';
    host.shadowRoot.querySelector(".again").textContent = dialog.querySelector("h1").textContent;
    if (!host.hidden) raise();
  };
  const raise = () => {
    if (!host) return;
    const dialog = host.shadowRoot.querySelector("dialog");
    host.hidden = false;
    host.shadowRoot.querySelector(".again").hidden = true;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  };

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { stream?.close(); stream = undefined; });
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
