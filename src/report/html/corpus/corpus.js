// Works on what the page holds; without it every row is there, unfiltered.
(() => {
  const byId = (id) => document.getElementById(id);
  const SHOWN = 25;

  // Tables: found, filtered by kind, sorted, and the first rows of what is left.
  for (const tools of document.querySelectorAll(".tools[data-for]")) {
    const table = byId(tools.dataset.for);
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const find = tools.querySelector(".find");
    const boxes = [...tools.querySelectorAll("[data-kind]")];
    const all = document.querySelector(`.all[data-for="${table.id}"]`);
    let open = false;
    const show = () => {
      const wanted = find.value.trim().toLowerCase();
      const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.kind));
      const fits = new Set(rows.filter((row, at) => words[at].includes(wanted) && (!boxes.length || kinds.has(row.dataset.kind))));
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !fits.has(row) || (!open && shown >= SHOWN);
        if (!row.hidden) shown += 1;
      }
      all.hidden = shown === fits.size;
      all.textContent = `Show all ${fits.size}`;
      tools.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
    };
    find.addEventListener("input", show);
    boxes.forEach((box) => box.addEventListener("change", show));
    all.addEventListener("click", () => {
      const next = [...body.rows].find((row) => row.hidden);
      open = true;
      show();
      next?.querySelector("a")?.focus();
    });
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const value = (row) => row.cells[column].dataset.v;
      const isNumber = head.classList.contains("number");
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === (isNumber ? "descending" : null);
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const order = isNumber
          ? (a, b) => Number(value(a)) - Number(value(b))
          : (a, b) => a.cells[column].textContent.localeCompare(b.cells[column].textContent);
        body.append(...[...rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
        show();
      });
    });
    body.addEventListener("click", (event) => {
      if (!event.target.closest("a") && !getSelection().toString() && table.id === "cluster-table") {
        event.target.closest("tr").querySelector("a").click();
      }
    });
    tools.hidden = false;
    show();
  }

  // Keys: n and p go through rows or documents, / to the first search.
  const keys = byId("keys");
  byId("keys-label").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys.checked) return;
    if (event.target.matches("input[type=search]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const find = document.querySelector(".find");
    if (event.key === "/" && find) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "n" || event.key === "p") {
      const stops = [...document.querySelectorAll("tbody a, .members > li")].filter((stop) => stop.getClientRects().length);
      const at = stops.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
      const to = at < 0 ? (event.key === "n" ? 0 : stops.length - 1) : at + (event.key === "n" ? 1 : -1);
      stops[(to + stops.length) % stops.length]?.focus();
    }
  });
})();
