// @ts-check
// The report's own script: filters, charts, the article with its mentions, corrections.
// Everything from the records is put into the page as text, never as markup.
"use strict";
(() => {
  /** @typedef {{id: string, path: string, url: string|null, title: string|null, text: string, date: string|null, published: string|null,
   *   month: string|null, since: string|null, place: string|null, provinces: string[], people: string[], bodies: string[], posts: string[],
   *   own: [string, string][], themes: {id: string, th: string, en: string|null}[], declared: string[],
   *   entities: [string, string, string|null][], spots: [number, number, number, string, number][],
   *   removed: {kind: string, rule: string, text: string, length: number}[], warnings: string[]}} Article */
  /** @typedef {{kind: string, value: string, label: string, start: number, end: number, rule: string, score: number}} Spot */
  /** @typedef {"person"|"body"} NameKind */

  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** @type {{articles: Article[], total: number, words: Record<string, Record<string, string>>, provinces: Record<string, string>,
   *   viewBox: string, outlines: Record<string, string>}} */
  const data = JSON.parse($("data").textContent);
  const PAGE = 50;
  const NAMES = 12;
  const KINDS = ["date", "place", "person", "organisation", "theme"];
  const BUDDHIST = 543;
  const FIRST_QUARTER = 33; // of EDTF's months beyond 12, quarters are 33 to 36

  /** @type {"th"|"en"} */
  let language = "th";
  /** @param {string} key @param {Record<string, string|number>} [values] */
  const t = (key, values) =>
    Object.entries(values || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), data.words[language][key] || key);
  const number = (/** @type {number} */ n) => n.toLocaleString("en");

  const filter = { q: "", theme: "", province: "", time: "", /** @type {{kind: NameKind, value: string}[]} */ names: [] };
  let listed = PAGE;
  let order = "newest";
  /** @type {Article[]} the articles in the list, in its order */
  let current = [];
  /** @type {Article|null} */
  let open = null;
  /** @type {Spot[]} */
  let chosen = [];
  let chosenMark = -1;
  /** @type {Record<string, any>[]} */
  let corrections = [];
  let saved = true;

  const haystacks = new Map(data.articles.map((a) => [a, ((a.title || "") + "\n" + a.text).toLowerCase()]));
  /** @type {Map<string, {th: string, en: string|null}>} */
  const themeLabels = new Map();
  for (const a of data.articles) for (const theme of a.themes) if (!themeLabels.has(theme.id)) themeLabels.set(theme.id, theme);
  const themeLabel = (/** @type {string} */ id) => {
    const label = themeLabels.get(id);
    return label ? (language === "en" && label.en) || label.th : id;
  };

  /** @param {string} tag @param {string} [text] @param {Record<string, string>} [attributes] */
  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    return made;
  }

  /** Words for an EDTF date, in the reader's calendar; what is no plain date stays as it is. @param {string} edtf */
  function when(edtf) {
    return edtf
      .split("/")
      .map((part) => {
        const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(part) || [];
        if (!year) return part;
        const shown = language === "th" ? String(Number(year) + BUDDHIST) : year;
        if (!month) return shown;
        const quarter = Number(month) - FIRST_QUARTER + 1;
        if (quarter >= 1 && quarter <= 4) return t("quarter", { q: quarter, year: shown });
        const date = new Date(Date.UTC(2000, Number(month) - 1, 1));
        if (Number(month) > 12) return part;
        const name = date.toLocaleDateString(language, { month: "short", timeZone: "UTC" });
        return `${day ? Number(day) + " " : ""}${name} ${shown}`;
      })
      .join(" – ");
  }

  /** @param {Article} a */
  const day = (a) => a.date || a.published || "";

  function matching() {
    const terms = filter.q.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = data.articles.filter(
      (a) =>
        terms.every((term) => /** @type {string} */ (haystacks.get(a)).includes(term)) &&
        (!filter.theme || a.themes.some((x) => x.id === filter.theme)) &&
        (!filter.province || a.provinces.includes(filter.province)) &&
        (!filter.time || (a.month || "").startsWith(filter.time)) &&
        filter.names.every(({ kind, value }) => (kind === "person" ? a.people : a.bodies).includes(value)),
    );
    const sign = order === "newest" ? -1 : 1;
    const undated = order === "newest" ? "" : "9999";
    const key = (/** @type {Article} */ a) => a.since || undated;
    return found.sort((x, y) => (key(x) === key(y) ? 0 : key(x) < key(y) ? -sign : sign));
  }

  /** @template T @param {Article[]} articles @param {(a: Article) => Iterable<string>} values */
  function counted(articles, values) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const a of articles) for (const v of new Set(values(a))) counts.set(v, (counts.get(v) || 0) + 1);
    return [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  }

  function changed() {
    listed = PAGE;
    draw();
  }

  /** @param {"theme"|"province"|"time"} name @param {string} value */
  function toggle(name, value) {
    filter[name] = filter[name] === value ? "" : value;
    changed();
  }

  /** @param {{kind: NameKind, value: string}[]} names */
  function toggleNames(names) {
    const has = (/** @type {{kind: NameKind, value: string}} */ name) => filter.names.some((x) => x.kind === name.kind && x.value === name.value);
    const all = names.every(has);
    filter.names = filter.names.filter((x) => !names.some((name) => name.kind === x.kind && name.value === x.value));
    if (!all) filter.names.push(...names);
    changed();
  }

  /** @param {HTMLSelectElement} select @param {[string, string][]} options @param {string} value */
  function fill(select, options, value) {
    select.replaceChildren(element("option", t("all"), { value: "" }));
    for (const [key, label] of options) select.append(element("option", label, { value: key }));
    select.value = value;
  }

  /** @param {Article[]} articles */
  function drawFilters(articles) {
    const themes = counted(data.articles, (a) => a.themes.map((x) => x.id));
    fill($("theme"), themes.map(([id, n]) => [id, `${themeLabel(id)} (${n})`]), filter.theme);
    const provinces = counted(data.articles, (a) => a.provinces);
    fill($("province"), provinces.map(([code, n]) => [code, `${data.provinces[code] || code} (${n})`]), filter.province);
    const times = counted(data.articles, (a) => (a.month ? [a.month, a.month.slice(0, 4)] : []));
    times.sort((x, y) => x[0].length - y[0].length || (x[0] < y[0] ? 1 : -1));
    fill($("month"), times.map(([m, n]) => [m, `${when(m)} (${n})`]), filter.time);
    $("chips").replaceChildren();
    for (const name of filter.names) {
      const chip = element("button", `${name.value} ×`, { type: "button" });
      chip.addEventListener("click", () => toggleNames([name]));
      $("chips").append(chip);
    }
    $("count").textContent = t("count", { n: number(articles.length), all: number(data.articles.length) });
  }

  /** Every month, or every year, from the first to the last, also those without articles. @param {string[]} months @param {number} most */
  function periods(months, most) {
    if (!months.length) return [];
    const [first, last] = [months.reduce((x, y) => (x < y ? x : y)), months.reduce((x, y) => (x > y ? x : y))];
    const at = (/** @type {string} */ m) => Number(m.slice(0, 4)) * 12 + Number(m.slice(5)) - 1;
    const all = [];
    if (at(last) - at(first) < most)
      for (let i = at(first); i <= at(last); i++) all.push(`${String(Math.floor(i / 12)).padStart(4, "0")}-${String((i % 12) + 1).padStart(2, "0")}`);
    else for (let y = Number(first.slice(0, 4)); y <= Number(last.slice(0, 4)); y++) all.push(String(y).padStart(4, "0"));
    return all;
  }

  /** @param {Article[]} articles */
  function drawTime(articles) {
    const months = articles.flatMap((a) => (a.month ? [a.month] : []));
    const undated = articles.length - months.length;
    $("undated").textContent = undated ? t("undated", { n: number(undated) }) : "";
    const bars = periods(months, 144);
    const counts = new Map(counted(articles, (a) => (a.month ? [a.month, a.month.slice(0, 4)] : [])));
    const room = Math.max(3, Math.floor($("time").clientWidth / 80));
    const years = bars.filter((m) => m.length === 4 || m.endsWith("-01"));
    const ticks = bars.length <= room ? bars : years.length > 2 ? years : bars;
    const every = Math.ceil(ticks.length / room);
    const labelled = new Set(ticks.filter((_, i) => i % every === 0));
    // @ts-ignore - bundled beside this script
    const chart = new Chartist.BarChart(
      "#time",
      { labels: bars, series: [bars.map((m) => ({ value: counts.get(m) || 0, meta: m }))] },
      {
        axisY: { onlyInteger: true, offset: 40 },
        axisX: {
          showGrid: false,
          labelInterpolationFnc: (/** @type {string} */ m) => (labelled.has(m) ? when(ticks === years ? m.slice(0, 4) : m) : null),
        },
        chartPadding: { top: 10, right: 10, bottom: 0, left: 0 },
      },
    );
    chart.on("draw", (/** @type {any} */ drawn) => {
      if (drawn.type !== "bar") return;
      const bar = drawn.element.getNode();
      bar.style.strokeWidth = `${Math.min(48, Math.max(1, (0.75 * (drawn.axisX.axisLength || 0)) / bars.length))}px`;
      const title = document.createElementNS(NS, "title");
      title.textContent = `${when(drawn.meta)}: ${counts.get(drawn.meta) || 0}`;
      bar.append(title);
      bar.addEventListener("click", () => toggle("time", drawn.meta));
    });
  }

  const NS = "http://www.w3.org/2000/svg";
  const SHADES = 4;
  /** @param {Article[]} articles */
  function drawMap(articles) {
    const counts = new Map(counted(articles, (a) => a.provinces));
    const most = Math.max(1, ...counts.values());
    // Shades by the logarithm: one province, mostly Bangkok, has many times what the others have.
    const shade = (/** @type {number} */ n) => (most <= SHADES ? n : Math.min(SHADES, 1 + Math.floor((SHADES * Math.log(n)) / Math.log(most + 1))));
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", data.viewBox);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", t("map"));
    for (const [code, outline] of Object.entries(data.outlines)) {
      const path = document.createElementNS(NS, "path");
      const n = counts.get(code) || 0;
      path.setAttribute("d", outline);
      path.dataset.code = code;
      if (n) path.classList.add(`s${shade(n)}`);
      if (filter.province === code) path.classList.add("on");
      const title = document.createElementNS(NS, "title");
      title.textContent = `${data.provinces[code] || code}: ${n}`;
      path.append(title);
      if (n || filter.province === code) path.addEventListener("click", () => toggle("province", code));
      svg.append(path);
    }
    /** @type {[number, number][]} */
    const ranges = [];
    for (let n = 1; n <= most && counts.size; n++) {
      const s = shade(n);
      ranges[s] = [(ranges[s] || [n])[0], n];
    }
    const legend = element("p", undefined, { class: "legend small" });
    ranges.forEach(([from, to], s) => {
      const item = element("span");
      item.append(element("i", undefined, { class: `s${s}` }), from === to ? String(from) : `${from}–${to}`);
      legend.append(item);
    });
    if (counts.size) legend.append(t("legendUnit"));
    $("map").replaceChildren(svg, legend);
  }

  /** @param {Article[]} articles */
  function drawThemes(articles) {
    const top = counted(articles, (a) => a.themes.map((x) => x.id)).slice(0, 15);
    const columns = periods(articles.flatMap((a) => (a.month ? [a.month] : [])), 12).slice(-12);
    const table = element("table");
    const head = element("tr");
    head.append(
      element("th", t("theme"), { scope: "col" }),
      element("th", t("total"), { scope: "col" }),
      ...columns.map((m) => element("th", when(m), { scope: "col" })),
    );
    table.append(head);
    const rows = top.map(([id]) => columns.map((m) => articles.filter((a) => (a.month || "").startsWith(m) && a.themes.some((x) => x.id === id)).length));
    const most = Math.max(1, ...rows.flat());
    top.forEach(([id, all], i) => {
      const row = element("tr");
      const name = element("th", undefined, { scope: "row" });
      const button = element("button", themeLabel(id), { type: "button", "aria-pressed": String(filter.theme === id) });
      button.addEventListener("click", () => toggle("theme", id));
      name.append(button);
      row.append(name, element("td", number(all), { class: "total" }));
      for (const n of rows[i]) row.append(element("td", n ? number(n) : "", n ? { class: `h${Math.ceil((4 * n) / most)}` } : {}));
      table.append(row);
    });
    $("themes").replaceChildren(top.length ? table : element("p", t("none")));
    $("themes").scrollLeft = $("themes").scrollWidth; // where it does not fit, the latest are seen
  }

  /** @param {string} id @param {[{kind: NameKind, value: string}[], number][]} rows */
  function drawNames(id, rows) {
    $(id).replaceChildren();
    const most = rows.length ? rows[0][1] : 1;
    for (const [names, n] of rows.slice(0, NAMES)) {
      const item = element("li");
      const pressed = names.every((name) => filter.names.some((x) => x.kind === name.kind && x.value === name.value));
      const button = element("button", undefined, { type: "button", "aria-pressed": String(pressed) });
      button.append(element("span", names.map((name) => name.value).join(" + ")), element("span", number(n)));
      button.style.setProperty("--part", `${Math.round((100 * n) / most)}%`);
      button.addEventListener("click", () => toggleNames(names));
      item.append(button);
      $(id).append(item);
    }
    if (!rows.length) $(id).append(element("li", t("none")));
  }

  /** @param {Article[]} articles */
  function drawAllNames(articles) {
    const single = (/** @type {NameKind} */ kind, /** @type {(a: Article) => string[]} */ values) =>
      counted(articles, values).map(([value, n]) => /** @type {[{kind: NameKind, value: string}[], number]} */ ([[{ kind, value }], n]));
    const paired = (/** @type {NameKind} */ second, /** @type {(a: Article) => string[]} */ values) =>
      counted(articles, values)
        .filter(([, n]) => n > 1)
        .map(([pair, n]) => {
          const [x, y] = pair.split("\u0000");
          return /** @type {[{kind: NameKind, value: string}[], number]} */ ([[{ kind: "person", value: x }, { kind: second, value: y }], n]);
        });
    drawNames("people", single("person", (a) => a.people));
    drawNames("bodies", single("body", (a) => a.bodies));
    drawNames(
      "pairs",
      paired("person", (a) => {
        const names = a.people.slice(0, 60).sort();
        return names.flatMap((x, i) => names.slice(i + 1).map((y) => `${x}\u0000${y}`));
      }),
    );
    drawNames(
      "mixed",
      paired("body", (a) => {
        const own = new Set(a.own.map(([x, y]) => `${x}\u0000${y}`));
        const pairs = a.people.slice(0, 60).flatMap((x) => a.bodies.slice(0, 60).map((y) => `${x}\u0000${y}`));
        return pairs.filter((pair) => !own.has(pair));
      }),
    );
  }

  /** The words around the first hit of a search. @param {Article} a */
  function snippet(a) {
    const term = filter.q.trim().toLowerCase().split(/\s+/)[0];
    const at = term ? a.text.toLowerCase().indexOf(term) : -1;
    if (at < 0) return null;
    const made = element("p", undefined, { class: "snippet" });
    const from = Math.max(0, at - 60);
    made.append(from ? "…" : "", a.text.slice(from, at), element("b", a.text.slice(at, at + term.length)), a.text.slice(at + term.length, at + term.length + 100), "…");
    return made;
  }

  /** @param {Article[]} articles */
  function drawList(articles) {
    $("list").replaceChildren();
    for (const a of articles.slice(0, listed)) {
      const item = element("li");
      const button = element("button", a.title || t("untitled"), { type: "button" });
      button.addEventListener("click", () => show(a));
      const facts = [day(a) && when(day(a)), a.place, a.themes.slice(0, 2).map((x) => themeLabel(x.id)).join(", "), a.path];
      item.append(button, element("p", facts.filter(Boolean).join(" · ")), snippet(a) || "");
      $("list").append(item);
    }
    $("nothing").hidden = articles.length > 0;
    $("more").hidden = articles.length <= listed;
  }

  function draw() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t || "");
    $("language").textContent = language === "th" ? "English" : "ไทย";
    $("language").lang = language === "th" ? "en" : "th";
    $("beyond").hidden = data.total <= data.articles.length;
    $("beyond").firstElementChild.textContent = t("beyond", { shown: number(data.articles.length), total: number(data.total) });
    current = matching();
    drawFilters(current);
    drawTime(current);
    drawMap(current);
    drawThemes(current);
    drawAllNames(current);
    drawList(current);
    drawCorrections();
  }

  function drawCorrections() {
    const words = [t("corrections", { n: corrections.length }), saved ? "" : t("unsaved")].filter(Boolean).join(", ");
    $("corrected").textContent = corrections.length ? words : "";
    $("download").disabled = !corrections.length;
  }

  /** @param {Article} a @returns {Spot[]} */
  const spotsOf = (a) =>
    a.spots.map(([entity, start, end, rule, score]) => {
      const [kind, value, label] = a.entities[entity];
      return { kind, value, label: kind === "theme" && themeLabels.has(value) ? themeLabel(value) : label || (kind === "date" ? when(value) : value), start, end, rule, score };
    });
  const describe = (/** @type {Spot} */ s) => `${t(s.kind)}: ${s.label}\n${t("rule")} ${s.rule} · ${t("score")} ${s.score}`;
  const judged = (/** @type {Article} */ a, /** @type {Spot} */ s) =>
    corrections.find((c) => c.article === a.id && c.kind === s.kind && c.start === s.start && c.end === s.end);

  /** The text cut at every edge of a mention, so that overlapping ones can all be shown. @param {Article} a */
  function drawText(a) {
    // Offsets are code points; JavaScript's are UTF-16 units.
    const points = Array.from(a.text);
    const spots = spotsOf(a);
    const edges = [...new Set([0, points.length, ...spots.flatMap((s) => [s.start, s.end])])].sort((x, y) => x - y);
    const box = $("a-text");
    box.replaceChildren();
    for (let i = 0; i + 1 < edges.length; i++) {
      const text = points.slice(edges[i], edges[i + 1]).join("");
      const over = spots.filter((s) => s.start <= edges[i] && edges[i + 1] <= s.end);
      if (!over.length) {
        box.append(text);
        continue;
      }
      const first = over.find((s) => s.kind !== "theme") || over[0];
      // White space between two edges is coloured, but nothing that a keyboard need stop at.
      const button = text.trim() ? { tabindex: "0", role: "button", "aria-describedby": "tip" } : {};
      const mark = element("mark", text, { class: first.kind, ...button });
      if (first.kind !== "theme" && over.some((s) => s.kind === "theme")) mark.classList.add("also");
      for (const s of over) mark.classList.add(`is-${(judged(a, s) || { verdict: "open" }).verdict}`);
      const place = box.querySelectorAll("mark").length;
      const tell = () => tip(mark, over.map(describe).join("\n\n"));
      mark.addEventListener("mouseenter", tell);
      mark.addEventListener("focus", tell);
      mark.addEventListener("mouseleave", () => ($("tip").hidden = true));
      mark.addEventListener("blur", () => ($("tip").hidden = true));
      mark.addEventListener("click", () => correct(over, place));
      mark.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          correct(over, place);
        }
      });
      box.append(mark);
    }
  }

  /** @param {HTMLElement} at @param {string} text */
  function tip(at, text) {
    const box = $("tip");
    if (box.parentNode !== $("article")) $("article").append(box);
    box.textContent = text;
    box.hidden = false;
    const place = at.getClientRects()[0] || at.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - box.offsetWidth - 8))}px`;
    const below = place.bottom + 6;
    box.style.top = `${below + box.offsetHeight > window.innerHeight ? Math.max(4, place.top - box.offsetHeight - 6) : below}px`;
  }

  /** @param {Article} a */
  function show(a) {
    open = a;
    $("a-title").textContent = a.title || t("untitled");
    $("a-facts").replaceChildren();
    const themes = [...a.themes.map((x) => themeLabel(x.id)), ...a.declared.map((words) => `“${words}”`)];
    /** @type {[string, string|null][]} */
    const facts = [
      [t("date"), a.date ? when(a.date) : t("notFound")],
      [t("published"), a.published && when(a.published)],
      [t("place"), a.place || t("notFound")],
      [t("who"), a.posts.join("; ") || t("notFound")],
      [t("bodies"), a.bodies.join("; ")],
      [t("themes"), themes.join(", ")],
      [t("warnings"), a.warnings.join("; ")],
      [t("file"), a.path],
    ];
    for (const [name, value] of facts) if (value) $("a-facts").append(element("dt", name), element("dd", value));
    if (a.url && /^https?:\/\//i.test(a.url)) {
      const link = element("dd");
      link.append(element("a", a.url, { href: a.url, rel: "noreferrer noopener", target: "_blank" }));
      $("a-facts").append(element("dt", t("url")), link);
    }
    $("a-legend").replaceChildren(
      ...KINDS.map((kind) => {
        const shown = !$("a-text").classList.contains(`no-${kind}`);
        const button = element("button", t(kind), { type: "button", class: kind, "aria-pressed": String(shown) });
        button.addEventListener("click", () => button.setAttribute("aria-pressed", String(!$("a-text").classList.toggle(`no-${kind}`))));
        return button;
      }),
    );
    drawText(a);
    $("a-correct").hidden = true;
    const [summary, list] = $("a-removed").children;
    summary.textContent = `${t("removed")} (${a.removed.length})`;
    list.replaceChildren(...a.removed.map((r) => element("li", `${r.kind} / ${r.rule}: ${r.text}${r.length > Array.from(r.text).length ? " …" : ""}`)));
    $("a-removed").hidden = !a.removed.length;
    const at = current.indexOf(a);
    $("previous").disabled = at <= 0;
    $("next").disabled = at < 0 || at + 1 >= current.length;
    if (!$("article").open) $("article").showModal();
    $("article").scrollTop = 0;
  }

  /** @param {Spot[]} spots @param {number} mark its number among the marks of the text */
  function correct(spots, mark) {
    chosen = spots;
    chosenMark = mark;
    $("a-values").replaceChildren();
    spots.forEach((s, i) => {
      const label = element("label");
      const radio = element("input", undefined, { type: "radio", name: "spot", value: String(i) });
      if (i === 0) radio.setAttribute("checked", "");
      const words = open ? Array.from(open.text).slice(s.start, s.end).join("") : "";
      label.append(radio, ` ${t(s.kind)}: “${words}”${words === s.label ? "" : ` → ${s.label}`}`);
      $("a-values").append(label);
    });
    const before = open && spots.map((s) => judged(/** @type {Article} */ (open), s)).find(Boolean);
    $("a-note").value = (before && before.note) || "";
    $("undo").hidden = !before;
    $("a-correct").hidden = false;
    $("a-note").focus();
  }

  $("a-correct").addEventListener("submit", (/** @type {any} */ event) => {
    event.preventDefault();
    const radio = /** @type {any} */ ($("a-values").querySelector("input:checked"));
    const spot = chosen[Number(radio ? radio.value : 0)];
    if (!open || !spot) return;
    const verdict = (event.submitter && event.submitter.value) || "note";
    const earlier = judged(open, spot);
    corrections = corrections.filter((c) => c !== earlier);
    if (verdict !== "undo")
      corrections.push({
        article: open.id, kind: spot.kind, start: spot.start, end: spot.end,
        text: Array.from(open.text).slice(spot.start, spot.end).join(""), value: spot.value, verdict, note: $("a-note").value || null,
      });
    saved = !corrections.length;
    $("a-correct").hidden = true;
    drawText(open);
    drawCorrections();
    const mark = $("a-text").querySelectorAll("mark")[chosenMark];
    if (mark) mark.focus();
  });

  $("download").addEventListener("click", () => {
    const lines = corrections.map((c) => JSON.stringify(c) + "\n").join("");
    const link = /** @type {HTMLAnchorElement} */ (element("a", undefined, { download: "corrections.jsonl" }));
    link.href = URL.createObjectURL(new Blob([lines], { type: "application/x-ndjson" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    saved = true;
    drawCorrections();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });

  let waiting = 0;
  $("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      filter.q = $("q").value;
      changed();
    }, 150);
  });
  for (const [id, name] of /** @type {const} */ ([["theme", "theme"], ["province", "province"], ["month", "time"]]))
    $(id).addEventListener("change", () => {
      filter[name] = $(id).value;
      changed();
    });
  $("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  $("filters").addEventListener("reset", () => {
    Object.assign(filter, { q: "", theme: "", province: "", time: "", names: [] });
    setTimeout(changed);
  });
  $("order").addEventListener("change", () => {
    order = $("order").value;
    changed();
  });
  $("more").addEventListener("click", () => {
    listed += PAGE;
    drawList(current);
  });
  $("close").addEventListener("click", () => $("article").close());
  for (const [id, step] of /** @type {const} */ ([["previous", -1], ["next", 1]]))
    $(id).addEventListener("click", () => {
      const other = open && current[current.indexOf(open) + step];
      if (other) show(other);
    });
  $("language").addEventListener("click", () => {
    language = language === "th" ? "en" : "th";
    draw();
    if (open && $("article").open) show(open);
  });
  draw();
})();
