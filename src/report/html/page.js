// Everything works on what the page holds: fragments of a passage carry data-p, its number from 1.
(() => {
  const byId = (id) => document.getElementById(id);
  const panes = { a: byId("pane-a"), b: byId("pane-b") };
  const twin = { a: "b", b: "a" };
  const linked = byId("linked");
  const keys = byId("keys");

  byId("tools").hidden = false;

  // Passages: their fragments on each side, in the order of A.
  const passages = new Map();
  for (const side of ["a", "b"]) {
    for (const fragment of panes[side].querySelectorAll("[data-p]")) {
      const number = Number(fragment.dataset.p);
      if (!passages.has(number)) passages.set(number, { a: [], b: [], classes: fragment.classList });
      passages.get(number)[side].push(fragment);
    }
  }
  const numbers = [...passages.keys()].sort((x, y) => x - y);
  let current = null;
  let marked = [];

  // Filters.
  const body = document.body;
  const passes = (number) => {
    const { classes } = passages.get(number);
    if (body.classList.contains("moved-only") && !classes.contains("moved")) return false;
    return !["verbatim", "edited", "reworded"].some((kind) => classes.contains(kind) && body.classList.contains(`dim-${kind}`));
  };
  let shown = numbers;
  const filter = () => {
    shown = numbers.filter(passes);
    if (current !== null && !passes(current)) clear();
    count();
  };
  for (const box of document.querySelectorAll("[data-kind]")) {
    box.addEventListener("change", () => {
      body.classList.toggle(`dim-${box.dataset.kind}`, !box.checked);
      filter();
    });
  }
  byId("only-moved").addEventListener("change", (event) => {
    body.classList.toggle("moved-only", event.target.checked);
    filter();
  });

  function count() {
    const at = shown.indexOf(current);
    byId("counter").textContent = at < 0 ? `${shown.length} passage${shown.length === 1 ? "" : "s"}` : `${at + 1} of ${shown.length}`;
  }

  // Changes: hidden by severity, gone through in the order of the list.
  const changes = [...document.querySelectorAll(".change")];
  let change = null;
  let listed = changes;
  const countChanges = () => {
    const counter = byId("change-counter");
    if (!counter) return;
    const at = listed.findIndex((item) => Number(item.dataset.c) === change);
    counter.textContent = at < 0 ? `${listed.length} change${listed.length === 1 ? "" : "s"}` : `change ${at + 1} of ${listed.length}`;
  };
  for (const box of document.querySelectorAll("[data-severity]")) {
    byId("change-tools").hidden = false;
    box.addEventListener("change", () => {
      body.classList.toggle(`no-${box.dataset.severity}`, !box.checked);
      listed = changes.filter((item) => !body.classList.contains(`no-${item.classList[1]}`));
      for (const entry of document.querySelectorAll(".entry")) entry.hidden = !listed.some((item) => entry.contains(item));
      countChanges();
    });
  }
  const selectChange = (number) => {
    const [a, b] = ["a", "b"].map((side) => byId(`c${side}${number}`));
    if (!a || !b) return;
    const passage = a.closest("[data-p]")?.dataset.p;
    current = passage ? Number(passage) : null;
    change = number;
    mark(document.querySelectorAll(`[data-p="${passage}"], [data-c="${number}"]`));
    reveal();
    driver = null;
    anchor = panes.a.clientHeight / 3;
    scrollTo(panes.a, top(panes.a, a) - anchor);
    scrollTo(panes.b, top(panes.b, b) - anchor);
    count();
    countChanges();
    byId("said").textContent = `${byId("change-counter").textContent}: ${a.title}`;
  };
  const stepChange = (by) => {
    if (!listed.length) return;
    const at = listed.findIndex((item) => Number(item.dataset.c) === change);
    const next = at >= 0 ? at + by : by > 0 ? 0 : -1;
    selectChange(Number(listed[(next + listed.length) % listed.length].dataset.c));
  };
  byId("next-change")?.addEventListener("click", () => stepChange(1));
  byId("previous-change")?.addEventListener("click", () => stepChange(-1));

  // Places inside a pane, in pixels of its content.
  const top = (pane, element) => element.getClientRects()[0].top - pane.getBoundingClientRect().top + pane.scrollTop;
  const bottom = (pane, element) => {
    const boxes = element.getClientRects();
    return boxes[boxes.length - 1].bottom - pane.getBoundingClientRect().top + pane.scrollTop;
  };
  const glide = matchMedia("(prefers-reduced-motion: reduce)");
  const scrollTo = (pane, y) => pane.scrollTo({ top: y, behavior: glide.matches ? "instant" : "smooth" });

  // Linked scrolling. The pane that the reader moves drives, the other follows along the passages in main order.
  let driver = null;
  let anchor = null; // where passages are lined up, in pixels below the top of the panes
  let last = { a: 0, b: 0 };
  let points = null;
  const measure = () => {
    points = { a: [0], b: [0] };
    const add = (a, b) => {
      if (a >= points.a.at(-1) && b >= points.b.at(-1)) {
        points.a.push(a);
        points.b.push(b);
      }
    };
    for (const number of numbers) {
      const { a, b, classes } = passages.get(number);
      if (classes.contains("moved") || !a.length || !b.length) continue;
      add(top(panes.a, a[0]), top(panes.b, b[0]));
      add(bottom(panes.a, a.at(-1)), bottom(panes.b, b.at(-1)));
    }
    add(panes.a.scrollHeight, panes.b.scrollHeight);
  };
  const across = (from, to, y) => {
    let low = 0;
    let high = from.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (from[middle] <= y) low = middle;
      else high = middle;
    }
    const length = from[high] - from[low];
    return to[low] + (length ? ((y - from[low]) / length) * (to[high] - to[low]) : 0);
  };
  const follow = (side) => {
    const pane = panes[side];
    const other = panes[twin[side]];
    const delta = pane.scrollTop - last[side];
    const held = passages.get(current);
    if (held?.classes.contains("moved") && held[side].some((fragment) => inView(pane, fragment))) {
      other.scrollTop += delta; // a moved passage stays beside its twin while it is in view
      return;
    }
    if (!points) measure();
    const height = pane.clientHeight;
    const rest = pane.scrollHeight - height - pane.scrollTop;
    const line = Math.min(pane.scrollTop, Math.max(anchor ?? height / 4, height - rest)); // both reach both ends
    other.scrollTop = across(points[side], points[twin[side]], pane.scrollTop + line) - line;
  };
  const inView = (pane, element) => {
    const box = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    return box.bottom > frame.top && box.top < frame.bottom;
  };
  const forget = () => { points = null; };
  new ResizeObserver(forget).observe(panes.a);
  new ResizeObserver(forget).observe(panes.b);

  // The map's frames show what of each text is in view.
  const frame = (side) => {
    const box = document.querySelector(`.view[data-side="${side}"]`);
    const { scrollTop, scrollHeight, clientHeight } = panes[side];
    box.setAttribute("x", (1000 * scrollTop) / scrollHeight);
    box.setAttribute("width", (1000 * Math.min(clientHeight, scrollHeight)) / scrollHeight);
  };
  for (const side of ["a", "b"]) {
    const pane = panes[side];
    const drive = () => { driver = side; };
    for (const event of ["wheel", "touchstart", "touchmove", "pointerdown", "keydown"]) pane.addEventListener(event, drive, { passive: true });
    pane.addEventListener("scroll", () => {
      if (driver === side && linked.checked) follow(side);
      last[side] = pane.scrollTop;
      frame(side);
    }, { passive: true });
    new ResizeObserver(() => frame(side)).observe(pane);
  }

  // Selecting a passage marks it everywhere and lines up both sides.
  const mark = (elements) => {
    for (const element of marked) element.classList.remove("on");
    marked = elements;
    for (const element of marked) element.classList.add("on");
  };
  const clear = () => {
    current = null;
    change = null;
    mark([]);
    count();
    countChanges();
  };
  const reveal = () => {
    const box = byId("texts").getBoundingClientRect();
    if (box.top < innerHeight * 0.5 && box.bottom > innerHeight * 0.5) return;
    byId("texts").scrollIntoView({ behavior: glide.matches ? "instant" : "smooth" });
  };
  const select = (number, from) => {
    const passage = passages.get(number);
    if (!passage) return;
    current = number;
    change = null;
    mark(document.querySelectorAll(`[data-p="${number}"]`));
    driver = null;
    const stays = from && passage[from].length ? panes[from] : null;
    anchor = stays ? Math.max(0, top(stays, passage[from][0]) - stays.scrollTop) : panes.a.clientHeight / 5;
    for (const side of ["a", "b"]) {
      if (side !== from && passage[side].length) scrollTo(panes[side], top(panes[side], passage[side][0]) - anchor);
    }
    count();
    countChanges();
    const label = document.querySelector(`.tag[data-of="${number}"]`)?.getAttribute("aria-label") ?? `Passage ${number}`;
    byId("said").textContent = `${byId("counter").textContent}: ${label}`;
  };
  const step = (by) => {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = at >= 0 ? at + by : by > 0 ? 0 : -1;
    reveal();
    select(shown[(next + shown.length) % shown.length]);
  };
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "c") stepChange(1);
    else if (event.key === "C") stepChange(-1);
    else if (event.key === "Escape") clear();
  });

  // Clicks: in a text, the other side comes alongside; in the map or a list, both do.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#u']");
    if (link) return showUnique(event, link.hash.slice(1));
    const strip = event.target.closest("[data-strip]");
    if (strip) return jump(event, strip.dataset.strip);
    const held = event.target.closest("[data-c]");
    if (held && !held.closest(".pane")) {
      event.preventDefault();
      return selectChange(Number(held.dataset.c));
    }
    const holder = event.target.closest("[data-p]");
    if (!holder || (!getSelection().isCollapsed && event.detail)) return;
    event.preventDefault();
    const side = event.target.closest("[data-side]")?.dataset.side;
    if (!side) reveal();
    select(Number(holder.dataset.p), side);
    if (side && event.detail === 0) byId(`${twin[side]}${current}`)?.focus({ preventScroll: true });
  });
  const showUnique = (event, id) => {
    const part = byId(id)?.closest(".s");
    if (!part) return;
    event.preventDefault();
    clear();
    const pane = part.closest(".pane");
    mark([...pane.querySelectorAll(`[data-u="${part.dataset.u}"]`)]);
    reveal();
    driver = pane.dataset.side;
    anchor = pane.clientHeight / 5;
    scrollTo(pane, top(pane, part) - anchor);
  };
  const jump = (event, side) => {
    const box = event.target.closest("svg").getBoundingClientRect();
    const pane = panes[side];
    reveal();
    driver = side;
    scrollTo(pane, ((event.clientX - box.left) / box.width) * pane.scrollHeight - pane.clientHeight / 2);
  };

  count();
  countChanges();
  if (/^#c[ab]\d+$/.test(location.hash)) selectChange(Number(location.hash.slice(3)));
  if (/^#[ab]\d+$/.test(location.hash)) select(Number(location.hash.slice(2)));
})();
