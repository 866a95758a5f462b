// @ts-check
// The report's own script: filters, charts, the article with its mentions, corrections.
// Everything from the records is put into the page as text, never as markup.
"use strict";
(() => {
  /** @typedef {{start: number, end: number, kind: string, entity: number, value: string, rule: string, score: number}} Spot */
  /** @typedef {{id: string, path: string, title: string|null, text: string, date: string|null, published: string|null,
   *   month: string|null, place: string|null, provinces: string[], people: string[], bodies: string[], posts: string[],
   *   themes: {id: string, th: string, en: string|null}[], spots: Spot[],
   *   removed: {kind: string, rule: string, text: string, length: number}[], warnings: string[]}} Article */

  const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
  /** @type {{articles: Article[], total: number, provinces: Record<string, string>, viewBox: string, outlines: Record<string, string>}} */
  const data = JSON.parse($("data").textContent);
  const PAGE = 50;
  const KINDS = ["date", "place", "person", "organisation", "theme"];

  const WORDS = {
    th: {
      title: "ข่าวที่สกัดแล้ว", skip: "ข้ามไปยังรายการข่าว", search: "ค้นหา", theme: "ประเด็น", province: "จังหวัด",
      month: "เดือน", clear: "ล้างตัวกรอง", overTime: "จำนวนข่าวตามเวลา", map: "แผนที่จังหวัด",
      mapNote: "คลิกจังหวัดเพื่อกรอง หรือเลือกจากรายการด้านบน", themesByMonth: "ประเด็นรายเดือน", people: "บุคคลที่ถูกกล่าวถึงมากที่สุด",
      organisations: "หน่วยงานที่ถูกกล่าวถึงมากที่สุด", together: "ปรากฏในข่าวเดียวกัน", articles: "รายการข่าว", more: "แสดงเพิ่ม",
      close: "ปิด", download: "ดาวน์โหลด corrections.jsonl", correct: "แก้ไข", note: "หมายเหตุ", markWrong: "ทำเครื่องหมายว่าผิด",
      addNote: "เพิ่มหมายเหตุ", all: "ทั้งหมด", of: "จาก", shown: "ข่าว", none: "ไม่มี", removed: "ส่วนที่ตัดออก", file: "ไฟล์",
      date: "วันที่", published: "เผยแพร่", place: "สถานที่", person: "บุคคล", organisation: "หน่วยงาน", warnings: "คำเตือน",
      rule: "กฎ", score: "คะแนน", corrections: "รายการแก้ไข", untitled: "(ไม่มีพาดหัว)", themes: "ประเด็น",
      credits: "แผนที่: @svg-maps/thailand, Tae Noppakun Wongsrinoppakun (CC BY 4.0). กราฟ: Chartist (MIT).",
      beyond: "หน้านี้แสดง {shown} ข่าวแรกจาก {total} ข่าว สำหรับทั้งหมดให้ใช้ assembly-extract convert records.jsonl -o news.db แล้วเปิดด้วย datasette news.db",
    },
    en: {
      title: "Extracted articles", skip: "Skip to the articles", search: "Search", theme: "Theme", province: "Province",
      month: "Month", clear: "Clear filters", overTime: "Articles over time", map: "Provinces",
      mapNote: "Click a province to filter, or choose it in the list above.", themesByMonth: "Themes by month", people: "Most named people",
      organisations: "Most named organisations", together: "Named in the same articles", articles: "Articles", more: "Show more",
      close: "Close", download: "Download corrections.jsonl", correct: "Correct", note: "Note", markWrong: "Mark as wrong",
      addNote: "Add a note", all: "All", of: "of", shown: "articles", none: "none", removed: "Removed from the page", file: "File",
      date: "Date", published: "Published", place: "Place", person: "Person", organisation: "Organisation", warnings: "Warnings",
      rule: "rule", score: "score", corrections: "corrections", untitled: "(no headline)", themes: "Themes",
      credits: "Map: @svg-maps/thailand, Tae Noppakun Wongsrinoppakun (CC BY 4.0). Charts: Chartist (MIT).",
      beyond: "This page shows the first {shown} of {total} articles. For all of them: assembly-extract convert records.jsonl -o news.db, then datasette news.db",
    },
  };
  /** @type {"th"|"en"} */
  let language = "th";
  const t = (/** @type {string} */ key) => /** @type {Record<string, string>} */ (WORDS[language])[key] || key;

  /** @type {{q: string, theme: string, province: string, month: string, person: string, body: string}} */
  const filter = { q: "", theme: "", province: "", month: "", person: "", body: "" };
  let listed = PAGE;
  /** @type {Article|null} */
  let open = null;
  /** @type {Spot[]} */
  let chosen = [];
  /** @type {Record<string, unknown>[]} */
  const corrections = [];

  const haystacks = data.articles.map((a) => ((a.title || "") + "\n" + a.text).toLowerCase());
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

  function matching() {
    const q = filter.q.trim().toLowerCase();
    return data.articles.filter(
      (a, i) =>
        (!q || haystacks[i].includes(q)) &&
        (!filter.theme || a.themes.some((x) => x.id === filter.theme)) &&
        (!filter.province || a.provinces.includes(filter.province)) &&
        (!filter.month || a.month === filter.month) &&
        (!filter.person || a.people.includes(filter.person)) &&
        (!filter.body || a.bodies.includes(filter.body)),
    );
  }

  /** @param {Article[]} articles @param {(a: Article) => Iterable<string>} values */
  function counted(articles, values) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const a of articles) for (const v of new Set(values(a))) counts.set(v, (counts.get(v) || 0) + 1);
    return [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
  }

  /** Toggle one filter and draw again. @param {"theme"|"province"|"month"|"person"|"body"} name @param {string} value */
  function toggle(name, value) {
    filter[name] = filter[name] === value ? "" : value;
    listed = PAGE;
    draw();
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
    const months = counted(data.articles, (a) => (a.month ? [a.month] : [])).map(([m]) => m).sort();
    fill($("month"), months.map((m) => [m, m]), filter.month);
    $("chips").replaceChildren();
    for (const name of /** @type {const} */ (["person", "body"])) {
      if (!filter[name]) continue;
      const chip = element("button", `${filter[name]} ×`, { type: "button" });
      chip.addEventListener("click", () => toggle(name, filter[name]));
      $("chips").append(chip);
    }
    $("count").textContent = `${articles.length} ${t("of")} ${data.articles.length} ${t("shown")}`;
  }

  /** @param {Article[]} articles */
  function drawTime(articles) {
    const counts = new Map(counted(articles, (a) => (a.month ? [a.month] : [])));
    const months = [...counts.keys()].sort();
    const every = Math.ceil(months.length / Math.max(2, Math.floor(window.innerWidth / 110)));
    // @ts-ignore - bundled beside this script
    const chart = new Chartist.BarChart(
      "#time",
      { labels: months, series: [months.map((m) => ({ value: counts.get(m), meta: m }))] },
      {
        axisY: { onlyInteger: true, offset: 40 },
        axisX: { showGrid: false, labelInterpolationFnc: (/** @type {string} */ m, /** @type {number} */ i) => (i % every ? null : m) },
      },
    );
    chart.on("draw", (/** @type {any} */ drawn) => {
      if (drawn.type === "bar") drawn.element.getNode().addEventListener("click", () => toggle("month", drawn.meta));
    });
  }

  const NS = "http://www.w3.org/2000/svg";
  /** @param {Article[]} articles */
  function drawMap(articles) {
    const counts = new Map(counted(articles, (a) => a.provinces));
    const most = Math.max(1, ...counts.values());
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", data.viewBox);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", t("map"));
    for (const [code, outline] of Object.entries(data.outlines)) {
      const path = document.createElementNS(NS, "path");
      const n = counts.get(code) || 0;
      path.setAttribute("d", outline);
      path.dataset.code = code;
      if (n) path.classList.add(n * 3 > most * 2 ? "most" : n * 3 > most ? "many" : "has");
      if (filter.province === code) path.classList.add("on");
      const title = document.createElementNS(NS, "title");
      title.textContent = `${data.provinces[code] || code}: ${n}`;
      path.append(title);
      if (n || filter.province === code) path.addEventListener("click", () => toggle("province", code));
      svg.append(path);
    }
    $("map").replaceChildren(svg);
  }

  /** @param {Article[]} articles */
  function drawThemes(articles) {
    const top = counted(articles, (a) => a.themes.map((x) => x.id)).slice(0, 15);
    const months = counted(articles, (a) => (a.month ? [a.month] : [])).map(([m]) => m).sort().slice(-12);
    const table = element("table");
    const head = element("tr");
    head.append(element("th", t("theme"), { scope: "col" }), ...months.map((m) => element("th", m, { scope: "col" })));
    table.append(head);
    for (const [id] of top) {
      const row = element("tr");
      const name = element("th", undefined, { scope: "row" });
      const button = element("button", themeLabel(id), { type: "button", "aria-pressed": String(filter.theme === id) });
      button.addEventListener("click", () => toggle("theme", id));
      name.append(button);
      row.append(name);
      const counts = months.map((m) => articles.filter((a) => a.month === m && a.themes.some((x) => x.id === id)).length);
      const most = Math.max(1, ...counts);
      for (const n of counts) row.append(element("td", n ? String(n) : "", n ? { class: `h${Math.ceil((3 * n) / most)}` } : {}));
      table.append(row);
    }
    $("themes").replaceChildren(table);
  }

  /** @param {string} id @param {[string, number][]} rows @param {"person"|"body"} name */
  function drawNames(id, rows, name) {
    $(id).replaceChildren();
    for (const [value, n] of rows.slice(0, 15)) {
      const item = element("li");
      const button = element("button", undefined, { type: "button", "aria-pressed": String(filter[name] === value) });
      button.append(element("span", value), element("span", String(n)));
      button.addEventListener("click", () => toggle(name, value));
      item.append(button);
      $(id).append(item);
    }
    if (!rows.length) $(id).append(element("li", t("none")));
  }

  /** @param {Article[]} articles */
  function drawPairs(articles) {
    const pairs = counted(articles, (a) => {
      const names = [...a.people, ...a.bodies].slice(0, 40).sort();
      return names.flatMap((x, i) => names.slice(i + 1).map((y) => `${x}\u0000${y}`));
    });
    $("pairs").replaceChildren();
    for (const [pair, n] of pairs.slice(0, 15)) {
      const [x, y] = pair.split("\u0000");
      const item = element("li");
      const button = element("button", undefined, { type: "button" });
      button.append(element("span", `${x} + ${y}`), element("span", String(n)));
      button.addEventListener("click", () => {
        for (const value of [x, y]) {
          if (data.articles.some((a) => a.people.includes(value))) filter.person = value;
          else filter.body = value;
        }
        listed = PAGE;
        draw();
      });
      item.append(button);
      $("pairs").append(item);
    }
    if (!pairs.length) $("pairs").append(element("li", t("none")));
  }

  /** @param {Article[]} articles */
  function drawList(articles) {
    $("list").replaceChildren();
    for (const a of articles.slice(0, listed)) {
      const item = element("li");
      const button = element("button", a.title || t("untitled"), { type: "button" });
      button.addEventListener("click", () => show(a));
      const facts = [a.date || a.published, a.place, a.themes.slice(0, 2).map((x) => themeLabel(x.id)).join(", "), a.path];
      item.append(button, element("p", facts.filter(Boolean).join(" · ")));
      $("list").append(item);
    }
    $("more").hidden = articles.length <= listed;
  }

  function draw() {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t || "");
    $("language").textContent = language === "th" ? "English" : "ไทย";
    $("language").lang = language === "th" ? "en" : "th";
    if (data.total > data.articles.length) {
      $("beyond").hidden = false;
      $("beyond").textContent = t("beyond").replace("{shown}", String(data.articles.length)).replace("{total}", String(data.total));
    }
    const articles = matching();
    drawFilters(articles);
    drawTime(articles);
    drawMap(articles);
    drawThemes(articles);
    drawNames("people", counted(articles, (a) => a.people), "person");
    drawNames("bodies", counted(articles, (a) => a.bodies), "body");
    drawPairs(articles);
    drawList(articles);
    $("corrected").textContent = corrections.length ? `${corrections.length} ${t("corrections")}` : "";
    $("download").disabled = !corrections.length;
  }

  const describe = (/** @type {Spot} */ s) => `${t(s.kind)}: ${s.value}\n${t("rule")} ${s.rule}, ${t("score")} ${s.score}`;

  /** The text cut at every edge of a mention, so that overlapping ones can all be shown. @param {Article} a */
  function drawText(a) {
    // Offsets are code points; JavaScript's are UTF-16 units.
    const points = Array.from(a.text);
    const edges = [...new Set([0, points.length, ...a.spots.flatMap((s) => [s.start, s.end])])].sort((x, y) => x - y);
    const box = $("a-text");
    box.replaceChildren();
    for (let i = 0; i + 1 < edges.length; i++) {
      const text = points.slice(edges[i], edges[i + 1]).join("");
      const over = a.spots.filter((s) => s.start <= edges[i] && edges[i + 1] <= s.end);
      if (!over.length) {
        box.append(text);
        continue;
      }
      const first = over.find((s) => s.kind !== "theme") || over[0];
      const mark = element("mark", text, { class: first.kind, tabindex: "0", role: "button", "aria-describedby": "tip" });
      if (over.some((s) => corrections.some((c) => c.article === a.id && c.verdict === "wrong" && c.start === s.start && c.kind === s.kind)))
        mark.classList.add("wrong");
      const tell = () => tip(mark, over.map(describe).join("\n\n"));
      mark.addEventListener("mouseenter", tell);
      mark.addEventListener("focus", tell);
      mark.addEventListener("mouseleave", () => ($("tip").hidden = true));
      mark.addEventListener("blur", () => ($("tip").hidden = true));
      mark.addEventListener("click", () => correct(over));
      mark.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          correct(over);
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
    const facts = [
      [t("date"), a.date], [t("published"), a.published], [t("place"), a.place], [t("person"), a.posts.join("; ")],
      [t("themes"), a.themes.map((x) => themeLabel(x.id)).join(", ")], [t("warnings"), a.warnings.join("; ")], [t("file"), a.path],
    ];
    for (const [name, value] of facts) if (value) $("a-facts").append(element("dt", String(name)), element("dd", String(value)));
    $("a-legend").replaceChildren(...KINDS.map((kind) => element("mark", t(kind), { class: kind })));
    drawText(a);
    $("a-correct").hidden = true;
    const [summary, list] = $("a-removed").children;
    summary.textContent = `${t("removed")} (${a.removed.length})`;
    list.replaceChildren(...a.removed.map((r) => element("li", `${r.kind} / ${r.rule}: ${r.text}${r.length > Array.from(r.text).length ? " …" : ""}`)));
    $("a-removed").hidden = !a.removed.length;
    $("article").showModal();
  }

  /** @param {Spot[]} spots */
  function correct(spots) {
    chosen = spots;
    $("a-values").replaceChildren();
    spots.forEach((s, i) => {
      const label = element("label");
      const radio = element("input", undefined, { type: "radio", name: "spot", value: String(i) });
      if (i === 0) radio.setAttribute("checked", "");
      label.append(radio, ` ${t(s.kind)}: ${s.value}`);
      $("a-values").append(label, element("br"));
    });
    $("a-what").textContent = open ? Array.from(open.text).slice(spots[0].start, spots[0].end).join("") : "";
    $("a-note").value = "";
    $("a-correct").hidden = false;
    $("a-note").focus();
  }

  $("a-correct").addEventListener("submit", (/** @type {any} */ event) => {
    event.preventDefault();
    const radio = /** @type {any} */ ($("a-values").querySelector("input:checked"));
    const spot = chosen[Number(radio ? radio.value : 0)];
    if (!open || !spot) return;
    corrections.push({
      article: open.id, kind: spot.kind, start: spot.start, end: spot.end,
      text: Array.from(open.text).slice(spot.start, spot.end).join(""), value: spot.value,
      verdict: event.submitter && event.submitter.value === "wrong" ? "wrong" : "note", note: $("a-note").value || null,
    });
    $("a-correct").hidden = true;
    drawText(open);
    draw();
  });

  $("download").addEventListener("click", () => {
    const lines = corrections.map((c) => JSON.stringify(c) + "\n").join("");
    const link = /** @type {HTMLAnchorElement} */ (element("a", undefined, { download: "corrections.jsonl" }));
    link.href = URL.createObjectURL(new Blob([lines], { type: "application/x-ndjson" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  let waiting = 0;
  $("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      filter.q = $("q").value;
      listed = PAGE;
      draw();
    }, 150);
  });
  for (const name of /** @type {const} */ (["theme", "province", "month"]))
    $(name).addEventListener("change", () => {
      filter[name] = $(name).value;
      listed = PAGE;
      draw();
    });
  $("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  $("filters").addEventListener("reset", () => {
    Object.assign(filter, { q: "", theme: "", province: "", month: "", person: "", body: "" });
    setTimeout(draw);
  });
  $("more").addEventListener("click", () => {
    listed += PAGE;
    draw();
  });
  $("close").addEventListener("click", () => $("article").close());
  $("language").addEventListener("click", () => {
    language = language === "th" ? "en" : "th";
    draw();
    if (open && $("article").open) show(open);
  });
  draw();
})();
