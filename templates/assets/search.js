/* Broadsheet: search. The index is fetched when the field is first used, and of it only what a search
   needs. What is found is written as text, never as HTML. Load in <head>, no defer: room for the results
   must stand before the first paint. */
(() => {
  "use strict";
  const WAIT = 200; // ms after the last letter
  const PAGE = 10; // results shown at a time
  const FIRST = 12; // volumes searched before the first results are shown
  const LONGEST = 44; // words of an excerpt
  const AGEING = 0.985; // weight of a volume beside that of the next newer one
  const NOWHERE = "qxqx"; // ends no word
  const FIELDS = ["q", "topic", "source", "name", "from", "to"];
  const COUNTED = ["topic", "source"]; // filters whose lists say how many each would find

  const root = document.documentElement;
  const wanted = () => {
    const given = new URLSearchParams(location.search);
    const told = Object.fromEntries(FIELDS.map((field) => [field, (given.get(field) ?? "").trim()]));
    for (const field of ["from", "to"]) if (!/^\d{4}-\d\d-\d\d$/.test(told[field]) || isNaN(Date.parse(told[field]))) told[field] = "";
    return told;
  };
  const isEmpty = (query) => FIELDS.every((field) => !query[field]);
  if (!isEmpty(wanted())) root.dataset.search = "";

  addEventListener("DOMContentLoaded", () => {
    const by = (id) => document.getElementById(id);
    const form = by("find"), field = by("q"), found = by("found"), told = by("told"), list = by("results"), more = by("more");
    const clear = document.querySelector("[data-do=clear-filters]");
    const { volumes: index, home, first, last } = form.dataset;
    const inputs = [...form.elements].filter((element) => FIELDS.includes(element.name));
    const idle = [found.textContent, told.textContent];

    // ------------------------------------------------------------------------------------ engine

    let engine = null; // of the volumes that are open; a failure closes them all
    const open = () => (engine ??= start().catch((error) => { engine = null; throw error; }));
    const start = async () => {
      const answer = await fetch(index, { cache: "no-cache" });
      if (!answer.ok) throw new Error(`${index}: ${answer.status}`);
      const [program, ...volumes] = await answer.json();
      const at = (path) => new URL(path, answer.url).pathname;
      const { createInstance } = await import(`${at(program.path)}pagefind.js`);
      const pagefind = createInstance({ basePath: at(program.path), baseUrl: home, metaCacheTag: program.tag });
      const add = ({ path, tag }, n) => pagefind.mergeIndex(at(path), { baseUrl: home, metaCacheTag: tag, indexWeight: AGEING ** n });
      const waiting = volumes.map((volume, n) => () => add(volume, n));
      await Promise.all(waiting.splice(0, FIRST).map((volume) => volume()));
      return { search: pagefind.search, waiting };
    };

    // ------------------------------------------------------------------------------------- query

    // Every day of whole months is asked for by its month.
    const days = (from, to) => {
      const start = from > first ? from : first, end = to && to < last ? to : last;
      const months = [], single = [];
      const date = new Date(`${start.slice(0, 7)}-01T00:00Z`);
      for (; date.toISOString().slice(0, 10) <= end; date.setUTCMonth(date.getUTCMonth() + 1)) {
        const month = date.toISOString().slice(0, 7);
        const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        const all = Array.from({ length }, (_, n) => `${month}-${String(n + 1).padStart(2, "0")}`);
        const some = all.filter((day) => day >= start && day <= end);
        if (some.length === length) months.push(month); else single.push(...some);
      }
      if (start > end) single.push("-"); // on no day at all
      return { any: [{ month: { any: months } }, { day: { any: single } }] };
    };
    const filters = (query) => {
      const all = [];
      for (const kind of COUNTED) if (query[kind]) all.push({ [kind]: query[kind] });
      const [kind, slug] = query.name.split(/:(.*)/s);
      if (slug) all.push({ [kind]: slug });
      if (query.from || query.to) all.push(days(query.from, query.to));
      // Only filters that a search names are fetched: this names those that are counted, and loses nothing.
      return { all, none: COUNTED.map((kind) => ({ [kind]: "-" })) };
    };

    const ids = (results) => new Set(results.map(({ id }) => id));
    const same = (some, others) => some.length === others.length && some.every((one, n) => one === others[n]);
    // Those of the articles found that hold a word, or one that begins with it. Where a volume has neither,
    // Pagefind passes over the word or takes the longest beginning of it that is one, "to" for "tokens".
    // What it says of a word that nobody writes, but for the same beginning, tells those apart by the places.
    const holding = async (found, word, ask, alone) => {
      const exact = ids(await ask(`"${word}"`));
      if (found.every(({ id }) => exact.has(id))) return found;
      const [begun, shorter] = await Promise.all([alone ? found : ask(word), ask(`${word}${NOWHERE}`)]);
      const places = new Map(shorter.map(({ id, words }) => [id, words]));
      const sound = ids(begun.filter(({ id, words }) => exact.has(id) || !same(words, places.get(id) ?? [])));
      return found.filter(({ id }) => sound.has(id));
    };
    // All words must occur, in any order; in quotation marks, just so.
    const every = async (search, query) => {
      const options = { filters: filters(query), sort: query.q ? {} : { published: "desc" } };
      const ask = async (term) => (await search(term, options)).results;
      // Signs such as $ and / are in no index, and part words there.
      const asked = query.q.replace(/[“”„«»]/g, '"').replace(/[\p{S}\/]+/gu, " ").trim();
      const words = /^".+"$/.test(asked) ? [] : asked.replaceAll('"', "").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
      const answer = await search(asked || null, options);
      const each = await Promise.all(words.map((word) => holding(answer.results, word, ask, words.length === 1)));
      const known = each.map(ids), results = answer.results.filter(({ id }) => known.every((some) => some.has(id)));
      return { ...answer, results, counted: results.length === answer.results.length };
    };

    // ------------------------------------------------------------------------------------- words

    const label = (name) => {
      const input = form.elements[name];
      return input?.value ? (input.selectedOptions?.[0].dataset.name ?? input.selectedOptions?.[0].text ?? input.value) : "";
    };
    const date = (day, form_) => new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { timeZone: "UTC", ...form_ });
    const long = (day) => date(day, { day: "numeric", month: "long", year: "numeric" });
    const plural = (count) => `${count ? count.toLocaleString("en-GB") : "No"} article${count === 1 ? "" : "s"}`;
    const sum = (count, query) => [
      plural(count),
      query.q && `for “${query.q.replace(/^["“”„«»]+|["“”„«»]+$/g, "")}”`,
      query.topic && `in ${label("topic")}`,
      query.source && `from ${label("source")}`,
      query.name && `naming ${label("name")}`,
      query.from && query.to ? `between ${long(query.from)} and ${long(query.to)}` : query.from ? `since ${long(query.from)}` : query.to && `until ${long(query.to)}`,
    ].filter(Boolean).join(" ");
    const say = (title, rest = "") => {
      found.textContent = title;
      told.textContent = rest;
      told.hidden = !rest;
    };

    // ------------------------------------------------------------------------------------ results

    const make = (name, properties = {}, ...children) => {
      const element = Object.assign(document.createElement(name), properties);
      element.append(...children.filter((child) => child !== ""));
      return element;
    };
    // Words with those at the places in `marked` in <mark>, without the signs around them.
    const marks = (words, from, marked, joint) => words.flatMap((word, n) => {
      const gap = n ? joint : "";
      if (!marked.has(from + n)) return [gap + word];
      const [, before, middle, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
      return middle ? [gap + before, make("mark", {}, middle), after] : [gap + word];
    });
    // Lines of an indexed text: the headline, the brief's with their evidence, all the names.
    const divided = ({ raw_content, anchors }) => {
      const raw = raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
      const joint = raw.includes("\u200b") ? "" : " "; // set between words of scripts without spaces
      const words = raw.split(joint ? /\s+/ : "\u200b");
      const lines = anchors.map(({ id, location }, n) => ({ id, from: location, words: words.slice(location, anchors[n + 1]?.location) }));
      return { joint, lines };
    };
    const weight = (line, marked) => new Set(line.words.filter((_, n) => marked.has(line.from + n)).map((word) => word.toLowerCase())).size;
    const cut = (line, marked) => {
      if (line.words.length <= LONGEST) return { ...line, before: "", after: "" };
      const at = Math.max(0, line.words.findIndex((_, n) => marked.has(line.from + n)));
      const start = Math.max(0, Math.min(at - LONGEST / 4, line.words.length - LONGEST));
      const words = line.words.slice(start, start + LONGEST);
      return { words, from: line.from + start, before: start ? "… " : "", after: start + LONGEST < line.words.length ? " …" : "" };
    };
    const evidence = (ids, address) => make("sup", { className: "ev" }, ...ids.map((id) => {
      const link = make("a", { href: `${address}#${id}` }, id === "s0" ? "T" : id.slice(1));
      link.setAttribute("aria-label", id === "s0" ? "Evidence: the title" : `Evidence: sentence ${id.slice(1)}`);
      return link;
    }));
    const status = (when) => { const mark = make("span", { className: "vh", hidden: true }, `, ${when}`); mark.dataset.when = when; return mark; };
    const direction = (lang) => { const locale = new Intl.Locale(lang); return (locale.getTextInfo?.() ?? locale.textInfo)?.direction ?? "auto"; };
    const item = (data) => {
      const marked = new Set(data.locations), { joint, lines } = divided(data);
      const [title, ...rest] = lines, names = rest.pop();
      const { story, url, date: day, lang, by } = JSON.parse(title.id), address = home + url;
      const best = rest.reduce((one, line) => weight(line, marked) > weight(one, marked) ? line : one, rest[0]);
      const body = make("div", {}, make("h3", {}, make("a", { href: address }, ...marks(data.meta.title.split(/\s+/), title.from, marked, " "))));
      if (best) {
        const shown = cut(best, marked);
        const ids = best.id.split(",").filter(Boolean);
        body.append(make("p", {}, shown.before, ...marks(shown.words, shown.from, marked, joint), shown.after, ids.length ? evidence(ids, address) : ""));
      }
      const small = make("p", { className: "meta" }, by ? make("b", {}, by) : "", status("read"), status("unread"));
      if (names && weight(names, marked) && !weight(title, marked) && !(best && weight(best, marked))) {
        small.append(" ", make("span", {}, "Names ", ...marks(...piece(names, marked), marked, joint)));
      }
      if (lang !== root.lang) {
        body.lang = lang;
        body.dir = direction(lang);
        small.lang = root.lang;
        small.dir = root.dir;
      }
      body.append(small);
      const time = make("time", { className: "meta", dateTime: day }, date(day, { day: "numeric", month: "short", ...(day.slice(0, 4) !== last.slice(0, 4) && { year: "numeric" }) }));
      const made = make("li", { className: "story" }, time, body);
      made.dataset.story = story;
      return made;
    };
    // The name, of a list parted by commas, that holds the first mark.
    const piece = ({ words, from }, marked) => {
      const at = words.findIndex((_, n) => marked.has(from + n));
      const start = words.slice(0, at).findLastIndex((word) => word.endsWith(",")) + 1;
      const end = words.findIndex((word, n) => n >= at && word.endsWith(","));
      const some = words.slice(start, end < 0 ? undefined : end + 1);
      some[some.length - 1] = some.at(-1).replace(/[,.]$/, "");
      return [some, from + start];
    };

    // ------------------------------------------------------------------------------------ running

    let run = 0; // number of the search that counts; older ones are dropped
    let results = []; // of that search
    const offer = () => {
      const left = results.length - list.children.length;
      more.textContent = left > PAGE ? `${PAGE} more of ${left.toLocaleString("en-GB")}` : left === 1 ? "One more" : `${left} more`;
      more.parentElement.hidden = left <= 0;
    };
    const add = async (count, mine, fresh = false) => {
      const from = fresh ? 0 : list.children.length;
      const items = (await Promise.all(results.slice(from, from + count).map((result) => result.data()))).map(item);
      if (mine !== run) return false;
      if (fresh) list.replaceChildren(...items); else list.append(...items);
      dispatchEvent(new StorageEvent("storage")); // site.js marks what was read
      offer();
      return items[0];
    };
    const count = (answer) => {
      for (const kind of COUNTED) {
        // What is chosen already must not hide what else could be.
        const counts = (form.elements[kind]?.value ? answer.totalFilters : answer.filters)[kind] ?? {};
        for (const option of form.elements[kind]?.options ?? []) {
          if (!option.value) continue;
          option.dataset.name ??= option.text;
          const count = answer.counted && counts[option.value];
          option.text = count ? `${option.dataset.name} (${count.toLocaleString("en-GB")})` : option.dataset.name;
          option.hidden = !counts[option.value] && !option.selected;
        }
      }
    };
    const reset = () => {
      list.replaceChildren();
      results = [];
      offer();
      delete root.dataset.search;
      say(...idle);
      for (const option of document.querySelectorAll(".filters option[data-name]")) { option.text = option.dataset.name; option.hidden = false; }
    };
    const search = async ({ shown = PAGE, kept = false } = {}) => {
      const mine = ++run, query = wanted();
      clear.parentElement.hidden = FIELDS.slice(1).every((name) => !query[name]);
      if (isEmpty(query)) return reset();
      root.dataset.search = "";
      const slow = setTimeout(() => { if (mine === run && !kept) say("Searching…"); }, list.children.length ? 600 : 0);
      try {
        const { search: ask, waiting } = await open();
        const answer = await every(ask, query);
        if (mine !== run) return;
        if (!answer.results.length && !(await fetch(index, { cache: "no-store" })).ok) throw new Error("the index is gone");
        if (mine !== run) return;
        // What is shown already stays where it is: older volumes only add to it.
        const standing = kept ? results.slice(0, list.children.length).map(({ id }) => id) : [];
        const places = new Map(standing.map((id, n) => [id, n]));
        results = kept ? [...answer.results].sort((a, b) => (places.get(a.id) ?? Infinity) - (places.get(b.id) ?? Infinity) || 0) : answer.results;
        if (!kept) await add(shown, mine, true); else if (list.children.length < PAGE) await add(PAGE - list.children.length, mine); else offer();
        if (mine !== run) return;
        const older = waiting.length ? " Older articles are still being searched." : "";
        say(sum(results.length, query), (results.length ? "" : hint(query)) + older);
        count(answer);
        if (waiting.length) {
          await Promise.all(waiting.splice(0, FIRST).map((volume) => volume()));
          if (mine === run) await search({ kept: true });
        }
      } catch (error) {
        console.warn(error);
        if (mine !== run) return;
        engine = null;
        list.replaceChildren();
        results = [];
        offer();
        say("The search index could not be fetched", "Look whether you are connected, then press Search again. Topics and archive are below.");
      } finally {
        clearTimeout(slow);
      }
    };
    const hint = (query) => FIELDS.slice(1).some((name) => query[name])
      ? "Fewer filters find more."
      : query.q.includes(" ") ? "Every word must occur: fewer find more." : "The beginning of a word finds more: “turb” finds turbine and turbines.";

    // ------------------------------------------------------------------------------------ address

    const fill = () => {
      const query = wanted();
      for (const input of inputs) {
        if (input.options && query[input.name] && ![...input.options].some((option) => option.value === query[input.name])) {
          input.append(new Option(query[input.name].replace(/^\w+:/, "").replaceAll("-", " "), query[input.name]));
        }
        input.value = query[input.name];
      }
    };
    const go = (keep) => {
      const query = new URLSearchParams(inputs.map((input) => [input.name, input.value.trim()]).filter(([, value]) => value));
      const address = location.pathname + (query.size ? `?${query}` : "");
      if (address === location.pathname + location.search) return false;
      history[keep ? "pushState" : "replaceState"](null, "", address);
      return true;
    };
    let typing = 0;
    field.addEventListener("input", () => {
      root.dataset.search = "";
      clearTimeout(typing);
      typing = setTimeout(() => { if (go(false)) search(); }, WAIT);
    });
    field.addEventListener("beforeinput", () => open().catch(() => {}), { once: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typing);
      go(true);
      search();
    });
    for (const input of inputs) if (input !== field) input.addEventListener("change", () => { if (go(true)) search(); });
    clear.addEventListener("click", () => {
      for (const input of inputs) if (input !== field) input.value = "";
      field.focus();
      go(true);
      search();
    });
    more.addEventListener("click", async () => (await add(PAGE, run))?.querySelector("a").focus());
    addEventListener("popstate", () => { fill(); search(); });
    // Whoever comes back finds as many results as there were, and the place where they were.
    addEventListener("pagehide", () => history.replaceState({ shown: list.children.length, y: scrollY }, ""));
    fill();
    if (isEmpty(wanted()) && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
    const { shown, y } = history.state ?? {};
    search({ shown: Math.max(PAGE, shown ?? 0) }).then(() => { if (y) scrollTo(0, y); });
  });
})();
