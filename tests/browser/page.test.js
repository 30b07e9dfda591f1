// The page of `likewise compare --format html`, opened in a browser.
//
// LIKEWISE names the binary, CHROMIUM the browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { faint } from "./faint.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const likewise = process.env.LIKEWISE ?? join(root, "target/debug/likewise");
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

let folder;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "likewise-page-"));
  browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: browserPath,
    args: flags,
    viewport: { width: 1280, height: 800 },
  });
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Writes the page of two files and returns its path. */
function compare(a, b) {
  const page = join(mkdtempSync(join(folder, "pair-")), "page.html");
  execFileSync(likewise, ["compare", a, b, "--format", "html", "--output", page]);
  return page;
}

/** Writes the page of two texts. */
function compareTexts(a, b) {
  const [fileA, fileB] = [a, b].map((text, at) => {
    const file = join(mkdtempSync(join(folder, "text-")), `text-${at}.txt`);
    writeFileSync(file, text);
    return file;
  });
  return compare(fileA, fileB);
}

/** Opens a page and notes all that it must not do. */
async function open(path, { width = 1280, height = 800, colorScheme = "light", query = "" } = {}) {
  const page = await browser.newPage();
  const wrongs = [];
  const url = pathToFileURL(path).href;
  page.on("pageerror", (error) => wrongs.push(`script error: ${error.message}`));
  page.on("console", (message) => wrongs.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) wrongs.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("lwXss", (which) => { wrongs.push(`document text ran as script ${which}`); });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height });
  await page.goto(url + query);
  return { page, wrongs };
}

/** Runs `check` on an opened page; nothing wrong may have happened by its end. */
async function on(path, options, check) {
  const { page, wrongs } = await open(path, options);
  try {
    await check(page);
    await page.waitForTimeout(50);
    assert.deepEqual(wrongs, []);
  } finally {
    await page.close();
  }
}

const text = (page, side) => page.locator(`#pane-${side}`).evaluate((pane) => pane.textContent);
const marked = (page, side) => page.locator(`#pane-${side} .s.on`).evaluateAll((parts) => [...new Set(parts.map((part) => part.dataset.p))]);
const passages = (count) => `${count} passage${count === 1 ? "" : "s"}`;
const counter = (page) => page.locator("#counter").textContent();
const scrolled = (page, side) => page.locator(`#pane-${side}`).evaluate((pane) => pane.scrollTop);

/** Where a label stands below the top of its pane, in pixels. */
const place = (page, id) => page.locator(`#${id}`).evaluate((label) => label.getBoundingClientRect().top - label.closest(".pane").getBoundingClientRect().top);

// Eight paragraphs. In B the second comes last, every third has words changed, and B adds one of its own.
const paragraphs = [
  "The council bought the old harbour in spring, after nine years of talks with a shipping line that no longer had any ships, and paid rather less than the line had asked for when it still owned three of them.",
  "Engineers closed the upper valley railway for a fortnight because rain had washed gravel from under the sleepers, so that buses carried schoolchildren and cheese along the narrow road beside the river.",
  "Visitors to the library may now borrow telescopes, which the astronomers' club repaired last winter, provided that they return them before the next full moon and report anything they cannot explain.",
  "Nurses at the district hospital welcomed new rosters that give every ward two quiet evenings a week, although the union wants to see figures for the first quarter before it signs.",
  "Traders on the Saturday market complained about puddles, wasps and a brass band, in this order, and asked the mayor whether at least one of the three could be moved behind the town hall.",
  "A theatre company from the islands will perform its play about lighthouse keepers in the empty brewery, where copper kettles serve as scenery and the smell of malt is said to be included in the price.",
  "Foresters counted fewer bark beetles than a year ago and credit woodpeckers, a cold February and the decision to leave fallen spruces where storms had thrown them.",
  "Astonishingly many people came to the museum's last night shift, when restorers explained by torchlight how they had cleaned four centuries of soot from a portrait nobody can name.",
];
const changed = paragraphs.map((one, at) => (at % 3 === 0 ? one.replace(/^(\S+ \S+ \S+)/, "$1, as expected,").replace(/(\S+ \S+)\.$/, "something else.") : one));
const own = "Midnight fishermen sold eels cheaply beneath grey cliffs, singing softly until sunrise scared their customers away.";
const textA = `A statement.\n\n${paragraphs.join("\n\n")}\n`;
const textB = `${[own, ...changed.filter((_, at) => at !== 1), paragraphs[1]].join("\n\n")}\n`;

describe("a page of two texts", () => {
  let path;
  before(() => { path = compareTexts(textA, textB); });

  test("holds both texts, letter by letter", () => on(path, {}, async (page) => {
    assert.equal(await text(page, "a"), textA);
    assert.equal(await text(page, "b"), textB);
  }));

  test("goes through the passages by key and by button, and counts", () => on(path, {}, async (page) => {
    const all = await page.locator("tr.row").count();
    assert.ok(all >= 3, `${all} passages`);
    assert.equal(await counter(page), passages(all));
    await page.keyboard.press("n");
    assert.equal(await counter(page), `1 of ${all}`);
    assert.deepEqual(await marked(page, "a"), ["1"]);
    assert.deepEqual(await marked(page, "b"), ["1"]);
    await page.keyboard.press("n");
    assert.equal(await counter(page), `2 of ${all}`);
    await page.keyboard.press("p");
    assert.equal(await counter(page), `1 of ${all}`);
    await page.click("#previous");
    assert.equal(await counter(page), `${all} of ${all}`);
    await page.click("#next");
    assert.equal(await counter(page), `1 of ${all}`);
    assert.match(await page.locator("#said").textContent(), /^1 of \d+: passage 1, /);
    await page.keyboard.press("Escape");
    assert.deepEqual(await marked(page, "a"), []);
  }));

  test("keys can be switched off", () => on(path, {}, async (page) => {
    await page.uncheck("#keys");
    await page.keyboard.press("n");
    assert.deepEqual(await marked(page, "a"), []);
  }));

  test("a click in one text brings the other alongside", () => on(path, {}, async (page) => {
    const moved = page.locator("#pane-a .s.moved").first();
    const number = await moved.getAttribute("data-p");
    await moved.click();
    assert.deepEqual(await marked(page, "a"), [number]);
    assert.deepEqual(await marked(page, "b"), [number]);
    const twin = await place(page, `b${number}`);
    const height = await page.locator("#pane-b").evaluate((pane) => pane.clientHeight);
    assert.ok(twin >= 0 && twin < height, `its other side stands at ${twin} of ${height}`);
  }));

  test("Enter on a label goes to the other side and back", () => on(path, {}, async (page) => {
    await page.locator("#a2").focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await marked(page, "b"), ["2"]);
    assert.equal(await page.evaluate(() => document.activeElement.id), "b2");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "a2");
  }));

  test("the map and the lists lead into the texts", () => on(path, {}, async (page) => {
    await page.locator("tr.row a").nth(1).click();
    assert.deepEqual(await marked(page, "a"), ["2"]);
    await page.locator('.band[data-p="1"]').dispatchEvent("click");
    assert.deepEqual(await marked(page, "b"), ["1"]);
    await page.locator("#only-b ~ ol a").first().click();
    assert.equal((await page.locator("#pane-b .s.on").first().textContent()).trim(), own);
  }));

  test("filters dim a kind and are left out by next", () => on(path, {}, async (page) => {
    const kinds = await page.locator("tr.row").evaluateAll((rows) => rows.map((row) => row.classList[1]));
    const kind = kinds[0];
    const ground = () => page.locator(`#pane-a .s.${kind}`).first().evaluate((part) => getComputedStyle(part).backgroundColor);
    const tinted = await ground();
    await page.uncheck(`[data-kind="${kind}"]`);
    assert.notEqual(await ground(), tinted);
    const left = kinds.filter((one) => one !== kind).length;
    assert.equal(await counter(page), passages(left));
    await page.locator("body").press("n");
    assert.equal(await counter(page), `1 of ${left}`);
    assert.equal(await page.locator("#pane-a .s.on").first().evaluate((part, kind) => part.classList.contains(kind), kind), false);
    await page.check(`[data-kind="${kind}"]`);
    assert.equal(await ground(), tinted);
    await page.check("#only-moved");
    const moved = await page.locator("tr.row.moved").count();
    assert.ok(moved > 0 && moved < kinds.length, `${moved} moved`);
    assert.match(await counter(page), new RegExp(`\\b${moved}( passages?)?$`));
  }));

  test("both texts scroll together until that is switched off", () => on(path, { height: 500 }, async (page) => {
    await page.locator("#texts").scrollIntoViewIfNeeded();
    await page.locator("#pane-a").hover();
    await page.mouse.wheel(0, 1000);
    await page.waitForFunction(() => document.getElementById("pane-a").scrollTop > 0);
    await page.waitForTimeout(200);
    const together = await scrolled(page, "b");
    assert.ok(together > 0, "the other text stays behind");
    await page.locator("#pane-a").evaluate((pane) => { pane.scrollTop = pane.scrollHeight; });
    await page.waitForTimeout(200);
    const end = await page.locator("#pane-b").evaluate((pane) => pane.scrollHeight - pane.clientHeight - pane.scrollTop);
    assert.ok(end < 3, `the other text ends ${end} pixels later`);
    await page.uncheck("#linked");
    const before = await scrolled(page, "b");
    await page.locator("#pane-a").hover();
    await page.mouse.wheel(0, -600);
    await page.waitForTimeout(200);
    assert.equal(await scrolled(page, "b"), before);
  }));

  test("a link to a passage opens there", () => on(path, { query: "#b3" }, async (page) => {
    assert.deepEqual(await marked(page, "a"), ["3"]);
  }));

  for (const colorScheme of ["light", "dark"]) {
    test(`text stands out from its ground in ${colorScheme}, and the button changes sides`, () => on(path, { colorScheme }, async (page) => {
      assert.ok((await faint(page)).length === 0, `too faint: ${(await faint(page)).join("; ")}`);
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const own = await ground();
      assert.equal(await page.getAttribute("#theme", "aria-pressed"), String(colorScheme === "dark"));
      await page.click("#theme");
      assert.notEqual(await ground(), own);
      assert.equal(await page.getAttribute("#theme", "aria-pressed"), String(colorScheme === "light"));
      assert.ok((await faint(page)).length === 0, `too faint: ${(await faint(page)).join("; ")}`);
    }));
  }

  test("a phone stacks the texts and never scrolls sideways", () => on(path, { width: 390, height: 844 }, async (page) => {
    const boxes = await Promise.all(["a", "b"].map((side) => page.locator(`#pane-${side}`).boundingBox()));
    assert.ok(boxes[1].y >= boxes[0].y + boxes[0].height, "the texts stand side by side");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the phone");
  }));

  test("on paper both texts are whole and the controls are gone", () => on(path, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const side of ["a", "b"]) {
      const pane = page.locator(`#pane-${side}`);
      assert.ok(await pane.evaluate((pane) => pane.clientHeight >= pane.scrollHeight - 1), `text ${side} is cut`);
    }
    assert.equal(await page.locator("#tools").isVisible(), false);
    assert.equal(await page.locator("#theme").isVisible(), false);
  }));
});

describe("a page of hostile texts", () => {
  const hostile = [
    "</script><script>lwXss(1)</script>", "<img src=x onerror=lwXss(2)>", "\"><svg onload=lwXss(3)>", "' onmouseover='lwXss(4)",
    "<a href=\"javascript:lwXss(5)\">", "</style><style>*{display:none}</style>", "<!--", "]]>", "&lt;script&gt;lwXss(6)&lt;/script&gt;",
    "</div></section></main>", "<iframe src=http://example.invalid/>", "<base href=http://example.invalid/>",
    "<meta http-equiv=refresh content=0;url=http://example.invalid/>", "\u202epayments\u2066", "line\r\nends\rhere\tand\u2028there",
  ].join(" ");
  const words = "The two sides agreed to keep talking through the usual channels about the matter that divides them today.";
  const textA = `${hostile}\n${words} ${hostile} ${words}\n`;
  const textB = `${words} ${hostile} very ${words}\n${hostile} <b>bold</b>\n`;
  let path;
  before(() => { path = compareTexts(textA, textB); });

  test("shows them and runs nothing", () => on(path, {}, async (page) => {
    assert.equal(await text(page, "a"), textA);
    assert.equal(await text(page, "b"), textB);
    assert.equal(await page.locator("img, iframe, base, script:not(body > script), .pane script, .pane style").count(), 0);
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("n");
    await page.locator("#pane-a").hover();
  }));

  test("would run nothing even if text became markup", async () => {
    const { page, wrongs } = await open(path);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=lwXss(9)><p id=styled style='color: red'>x</p>");
    });
    await page.waitForTimeout(200);
    assert.deepEqual(wrongs.filter((wrong) => wrong.startsWith("document text")), []);
    assert.ok(wrongs.some((wrong) => wrong.includes("Content Security Policy")), "the policy did not speak");
    await page.close();
  });
});

describe("a page of changes", () => {
  const statement = (sum, verb, day, middle) => `The two ministries ${verb} repay ${sum} million won to the town by ${day} May, after the harbour was closed for repairs.\n\n${middle}\n\n${paragraphs.slice(0, 3).join("\n\n")}\n`;
  const a = statement("120", "will", 3, "The mayor said that the ferry is safe, and that visitors should come back before the summer.");
  const b = statement("210", "may", 4, "The mayor said that the ferry is not safe, and that visitors should come back before the summer.");
  const counted = (page) => page.locator("#change-counter").textContent();
  const seen = (page, side, number) => page.locator(`#c${side}${number}`).evaluate((mark) => {
    const [box, pane] = [mark.getClientRects()[0], mark.closest(".pane").getBoundingClientRect()];
    return box.bottom > pane.top && box.top < pane.bottom;
  });
  let path;
  before(() => { path = compareTexts(a, b); });

  test("tells the gravest on the first screen, and holds both texts", () => on(path, {}, async (page) => {
    assert.equal(await text(page, "a"), a);
    assert.equal(await text(page, "b"), b);
    const gravest = page.locator(".gravest li");
    assert.match(await gravest.first().textContent(), /material/);
    const all = await gravest.allTextContents();
    assert.ok(all.some((one) => one.includes("120") && one.includes("210")), all.join("; "));
    const box = await gravest.last().boundingBox();
    assert.ok(box.y + box.height < 800, `the last ends at ${box.y + box.height}`);
  }));

  test("leads from the list into both texts, and goes on by key and button", () => on(path, {}, async (page) => {
    const all = await page.locator(".change").count();
    assert.ok(all >= 3, `${all} changes`);
    assert.equal(await counted(page), `${all} changes`);
    await page.locator('.change[data-c="1"] a').click();
    assert.equal(await counted(page), `change 1 of ${all}`);
    for (const side of ["a", "b"]) {
      assert.ok(await seen(page, side, 1), `change 1 is out of sight in ${side}`);
      assert.ok(await page.locator(`#c${side}1`).evaluate((mark) => mark.classList.contains("on")));
    }
    await page.keyboard.press("c");
    assert.equal(await counted(page), `change 2 of ${all}`);
    await page.keyboard.press("C");
    await page.click("#previous-change");
    assert.equal(await counted(page), `change ${all} of ${all}`);
    await page.keyboard.press("Escape");
    assert.equal(await counted(page), `${all} changes`);
  }));

  test("hides what is not asked for", () => on(path, {}, async (page) => {
    const all = await page.locator(".change").count();
    const material = await page.locator(".change.material").count();
    assert.ok(material > 0);
    await page.uncheck('[data-severity="material"]');
    assert.equal(await page.locator(".change:visible").count(), all - material);
    assert.match(await counted(page), new RegExp(`^${all - material} change`));
    await page.check('[data-severity="material"]');
    assert.equal(await page.locator(".change:visible").count(), all);
  }));

  test("a link to a change opens there", () => on(path, { query: "#cb2" }, async (page) => {
    assert.match(await counted(page), /^change 2 /);
  }));

  for (const colorScheme of ["light", "dark"]) {
    test(`its words stand out from their ground in ${colorScheme}`, () => on(path, { colorScheme }, async (page) => {
      await page.keyboard.press("c");
      assert.ok((await faint(page)).length === 0, `too faint: ${(await faint(page)).join("; ")}`);
    }));
  }

  test("a phone never scrolls sideways", () => on(path, { width: 390, height: 844 }, async (page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the phone");
  }));
});

describe("pages at the edges", () => {
  const alone = "Nothing of this stands in the other text.";
  for (const [name, a, b] of [["empty", "", ""], ["one empty", alone, ""], ["unrelated", alone, "海上风浪很大，渔船都已回港。"]]) {
    test(`${name} texts make a working page`, () => on(compareTexts(a, b), {}, async (page) => {
      assert.equal(await text(page, "a"), a);
      assert.equal(await text(page, "b"), b);
      await page.keyboard.press("n");
      assert.equal(await counter(page), "0 passages");
    }));
  }

  test("a text against itself is one passage", () => on(compareTexts(textA, textA), {}, async (page) => {
    assert.equal(await page.locator(".account td b").first().textContent(), "100 %");
    await page.keyboard.press("n");
    assert.equal(await counter(page), "1 of 1");
  }));
});

describe("the sample pair", () => {
  test("shows every passage on both sides", () => {
    const pair = ["seoul", "beijing"].map((name) => join(root, "corpora/seoul-beijing", `${name}.txt`));
    return on(compare(...pair), {}, async (page) => {
      assert.equal(await text(page, "a"), readFileSync(pair[0], "utf8"));
      for (const row of await page.locator("tr.row").all()) {
        const number = await row.getAttribute("data-p");
        for (const side of ["a", "b"]) assert.ok((await page.locator(`#pane-${side} [data-p="${number}"]`).count()) > 0);
      }
    });
  });
});
