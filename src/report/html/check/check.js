// Works on what the page holds: in each article, fragments, cards and marks of a passage carry data-p, its number from 1.
(() => {
  const byId = (id) => document.getElementById(id);
  const body = document.body;
  const all = (selector) => document.querySelectorAll(selector);
  const glide = matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (glide.matches ? "instant" : "smooth");
  for (const tools of all(".tools")) tools.hidden = false;

  // Passages, in the order of the page.
  const KINDS = ["verbatim", "edited", "reworded"];
  const CREDITS = ["uncredited", "quoted-altered", "credited"];
  const passages = [];
  for (const article of document.querySelectorAll(".checked")) {
    const of = new Map();
    for (const element of article.querySelectorAll("[data-p]")) {
      const number = Number(element.dataset.p);
      if (!of.has(number)) of.set(number, { article, number, parts: [], card: null, label: null, classes: element.classList });
      const passage = of.get(number);
      passage.parts.push(element);
      if (element.classList.contains("card")) passage.card = element;
      if (element.classList.contains("s")) passage.label ??= element;
    }
    passages.push(...[...of.values()].sort((x, y) => x.number - y.number));
  }
  const find = (element) => {
    const holder = element.closest("[data-p]");
    const article = element.closest(".checked");
    return holder && passages.find((one) => one.article === article && one.number === Number(holder.dataset.p));
  };

  // Filters.
  let current = null;
  let marked = [];
  let shown = [];
  const off = (name) => body.classList.contains(`dim-${name}`);
  const passes = ({ classes }) =>
    classes.contains("boilerplate") ? body.classList.contains("with-boilerplate") && !KINDS.some((name) => classes.contains(name) && off(name))
      : ![...KINDS, ...CREDITS].some((name) => classes.contains(name) && off(name));
  const counter = (article) => {
    const own = shown.filter((passage) => passage.article === article);
    const at = own.indexOf(current);
    return at < 0 ? `${own.length} passage${own.length === 1 ? "" : "s"}` : `${at + 1} of ${own.length}`;
  };
  const count = () => {
    for (const output of all(".counter")) output.textContent = counter(output.closest(".checked"));
  };
  const filter = () => {
    shown = passages.filter(passes);
    if (current && !passes(current)) clear();
    count();
  };
  // The tools of all articles do the same.
  const alike = (box, selector, then) => {
    box.addEventListener("change", () => {
      for (const other of all(selector)) other.checked = box.checked;
      then?.(box.checked);
    });
  };
  for (const box of all("[data-filter]")) {
    const name = box.dataset.filter;
    alike(box, `[data-filter="${name}"]`, (checked) => {
      if (name === "boilerplate") body.classList.toggle("with-boilerplate", checked);
      else body.classList.toggle(`dim-${name}`, !checked);
      filter();
    });
  }
  for (const box of all("[data-keys]")) alike(box, "[data-keys]");

  // Selecting a passage marks it everywhere and brings both of its places into view.
  const mark = (elements) => {
    for (const element of marked) element.classList.remove("on");
    marked = elements;
    for (const element of marked) element.classList.add("on");
  };
  function clear() {
    current = null;
    mark([]);
    count();
  }
  const align = (element, pane) => {
    const inner = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    const above = element.classList.contains("card") ? 0 : pane.clientHeight / 5;
    pane.scrollTo({ top: inner - above, behavior: behavior() });
  };
  const select = (passage, from) => {
    current = passage;
    const { article, number, parts, card, label } = passage;
    const evidence = article.querySelectorAll(`.e[data-e~="${number}"]`);
    const links = article.querySelectorAll(`.links a[href="#${card?.id}"]`);
    mark([...parts, ...evidence, ...links]);
    const panes = article.querySelector(".panes");
    const box = panes.getBoundingClientRect();
    if (!from && (box.top > innerHeight / 2 || box.bottom < innerHeight / 2)) panes.scrollIntoView({ behavior: behavior() });
    if (card && from !== "card") align(card, card.closest(".pane"));
    if (label && from !== "text") align(label, label.closest(".pane"));
    count();
    byId("said").textContent = `${counter(article)}: passage ${number}, ${card?.dataset.said ?? ""}`;
  };
  const step = (by) => {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = at >= 0 ? at + by : by > 0 ? 0 : -1;
    select(shown[(next + shown.length) % shown.length]);
  };
  // From no passage at all, the buttons begin with those of their own article.
  const begin = (button, by) => {
    if (current) return step(by);
    const own = shown.filter((passage) => passage.article === button.closest(".checked"));
    if (own.length) select(own.at(by > 0 ? 0 : -1));
  };
  for (const button of all(".next")) button.addEventListener("click", () => begin(button, 1));
  for (const button of all(".previous")) button.addEventListener("click", () => begin(button, -1));
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("[data-keys]")?.checked === false || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "b") document.querySelector('[data-filter="boilerplate"]')?.click();
    else if (event.key === "Escape") clear();
  });

  // Clicks: on a passage, its card comes alongside; on a card, its place in the article; links to either do the same.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const target = link && /^#[cp]\d+-\d+$/.test(link.hash) && link.getAttribute("href")[0] === "#" ? byId(link.hash.slice(1)) : null;
    if (link && !target) {
      const source = link.getAttribute("href").startsWith("#s") && byId(link.hash.slice(1))?.closest("details");
      if (source) source.open = true;
      return;
    }
    if (!target && (!getSelection().isCollapsed || event.target.closest("summary"))) return;
    const passage = find(target ?? event.target);
    if (!passage) return;
    event.preventDefault();
    const inCard = event.target.closest(".card");
    const inText = event.target.closest(".s");
    select(passage, inCard ? "card" : inText ? "text" : undefined);
    if (event.detail === 0) (inCard ? passage.label?.querySelector(".tag") : passage.card)?.focus({ preventScroll: true });
  });

  filter();
  if (/^#[cp]\d+-\d+$/.test(location.hash)) {
    const passage = byId(location.hash.slice(1)) && find(byId(location.hash.slice(1)));
    if (passage) select(passage);
  }
})();
