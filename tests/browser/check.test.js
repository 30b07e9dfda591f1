// The page of `likewise check --format html`, opened in a browser.
//
// LIKEWISE names the binary, CHROMIUM the browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { faint } from "./faint.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const likewise = process.env.LIKEWISE ?? join(root, "target/debug/likewise");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hostile = "</script><img src=x onerror=lwXss(1)>\"><svg onload=lwXss(2)> ' onclick='lwXss(3) {{ style }} &lt;b&gt; \u202epay\u2066";

const bell = "Divers found the bell of the lost ferry under six metres of mud, green with age but whole, and rang it once for those on deck before they wrapped it in wet cloth and took it ashore.";
const vote = "The council voted by nine to four on Tuesday evening to close the upper harbour to coal barges from the first of June, after a winter in which three of them broke loose.";
const quote = "We shall not spend another crown on a crane that has lifted nothing heavier than gulls since my father was a boy";
const sign = "The Lantern is printed every morning on the quay and lives from its readers: subscribe at the office beside the fish market.";

const filler = (seed) => Array.from({ length: 60 }, (_, at) => `${"bcdfghklmnprst"[(at * 7 + seed) % 14]}${seed}o${at}`).join(" ");
const document = (id, date, source, title, ...texts) => ({ id, date, source, title, url: `https://news.example/${id}`, text: texts.join("\n\n") });

const archive = [
  document("wire-1", "2024-04-28", "North Wire", "Ferry bell found", bell, filler(1)),
  document("herald-1", "2024-04-29", "Herald", "A bell rings again", filler(2), bell.replace("six metres", "nine metres")),
  document("wire-2", "2024-04-30", "North Wire", "Harbour vote", vote, filler(3)),
  document("herald-2", "2024-04-30", "Herald", "Crane debate", `“${quote.replace("another crown", "a single crown")},” said the mayor.`, filler(4)),
  ...Array.from({ length: 12 }, (_, at) => document(`lantern-${at}`, `2024-03-${10 + at}`, "The Lantern", `Issue ${at}`, filler(10 + at), sign)),
  document(hostile, "2024-04-02", hostile, hostile, `${hostile} ${filler(40)}`),
];
archive.at(-1).url = "javascript:lwXss(4)";

const article = { id: "draft", date: "2024-05-01", text: `A quiet week\n\n${bell}\n\n${filler(61)}. ${filler(62)}.\n\nAccording to North Wire, ${vote[0].toLowerCase()}${vote.slice(1)}\n\n“${quote},” said the mayor of the harbour.\n\n${filler(60)}.\n\n${sign}\n` };
const other = { id: "second", date: "2024-05-02", text: `${filler(70)}\n\n${bell}\n` };
const odd = { id: hostile, date: "2024-05-02", text: `${hostile} ${filler(40)}\nline\r\nends\u2028here <b>bold</b>\n` };

let folder;
let browser;
let one;
let many;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "likewise-check-"));
  const lines = (name, records) => {
    const file = join(folder, name);
    writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return file;
  };
  const store = join(folder, "archive");
  execFileSync(likewise, ["archive", "add", store, lines("archive.jsonl", archive)]);
  const page = (name, records) => {
    const path = join(folder, `${name}.html`);
    execFileSync(likewise, ["check", lines(`${name}.jsonl`, records), "--archive", store, "--format", "html", "--output", path]);
    return path;
  };
  one = page("one", [article]);
  many = page("many", [article, other, odd]);
  browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Runs `check` on a page; it may load and run nothing but itself. */
async function on(path, { width = 1280, height = 800, colorScheme = "light", query = "" }, check) {
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
  try {
    await page.goto(url + query);
    await check(page);
    await page.waitForTimeout(50);
    assert.deepEqual(wrongs, []);
  } finally {
    await page.close();
  }
}

const text = (page, number) => page.locator(`#article-${number} .side.a .pane`).evaluate((pane) => pane.textContent);
const counter = (page, number = 1) => page.locator(`#article-${number} .counter`).textContent();
const marked = (page, what) => page.locator(`${what}.on`).evaluateAll((parts) => [...new Set(parts.map((part) => part.dataset.p))]);
const seen = (page, selector) => page.locator(selector).first().evaluate((element) => {
  const [box, pane] = [element.getBoundingClientRect(), element.closest(".pane").getBoundingClientRect()];
  return box.bottom > pane.top && box.top < pane.bottom;
});

describe("the page of an article", () => {
  test("holds the article, letter by letter", () => on(one, {}, async (page) => {
    assert.equal(await text(page, 1), article.text);
  }));

  test("answers on the first screen: how much, what credit, from where", () => on(one, {}, async (page) => {
    assert.match(await page.locator(".verdict strong").textContent(), /^\d+ % of this article's words stand in the archive: /);
    assert.match(await page.locator(".tally").textContent(), /^3 passages: 1 with no credit found near it, 1 quoted in other words, 1 credited\./);
    for (const selector of [".tally", ".sources > li"]) {
      const box = await page.locator(selector).first().boundingBox();
      assert.ok(box.y + box.height < 800, `${selector} ends at ${box.y + box.height}`);
    }
    assert.match(await page.locator("#s1-1 h4").textContent(), /North Wire|Herald/);
  }));

  test("goes through the passages by key and by button, and shows each beside its source", () => on(one, {}, async (page) => {
    assert.equal(await counter(page), "3 passages");
    for (const number of ["1", "2", "3"]) {
      await page.keyboard.press("n");
      assert.equal(await counter(page), `${number} of 3`);
      assert.deepEqual(await marked(page, ".s"), [number]);
      assert.deepEqual(await marked(page, ".card"), [number]);
      assert.ok(await seen(page, ".card.on"), `the card of passage ${number} is out of sight`);
      assert.ok(await seen(page, ".s.on"), `passage ${number} is out of sight`);
    }
    await page.keyboard.press("p");
    assert.equal(await counter(page), "2 of 3");
    await page.click(".next");
    await page.click(".next");
    assert.equal(await counter(page), "1 of 3");
    assert.match(await page.locator("#said").textContent(), /^1 of 3: passage 1, .*no credit found near it/);
    await page.keyboard.press("Escape");
    assert.deepEqual(await marked(page, ".s"), []);
    await page.uncheck("[data-keys]");
    await page.keyboard.press("n");
    assert.deepEqual(await marked(page, ".s"), []);
  }));

  test("marks the words that a credit rests on", () => on(one, {}, async (page) => {
    const credited = page.locator(".card.credited");
    const number = await credited.getAttribute("data-p");
    await credited.locator("h4").click();
    assert.deepEqual(await marked(page, ".s"), [number]);
    const evidence = await page.locator(".e.on").allTextContents();
    assert.ok(evidence.some((words) => words.includes("North Wire")), evidence.join("; "));
    assert.ok((await credited.locator(".evidence").textContent()).includes("“North Wire”"));
    const altered = page.locator(".card.quoted-altered");
    assert.equal((await altered.locator(".beside .a del").first().textContent()).trim(), "another");
    assert.equal((await altered.locator(".beside .b ins").first().textContent()).trim(), "a single");
  }));

  test("names the other sources by date, with a timeline", () => on(one, {}, async (page) => {
    const card = page.locator('.card[data-p="1"]');
    await card.locator("summary").click();
    assert.match(await card.locator(".others li").first().textContent(), /2024-04-2[89]/);
    assert.equal(await card.locator(".timeline .dot").count(), 2);
    assert.equal(await card.locator(".timeline .marked").count(), 1);
  }));

  test("a click in the article brings the source alongside, and Enter on a label goes there and back", () => on(one, {}, async (page) => {
    await page.locator('.s[data-p="2"]').first().click();
    assert.deepEqual(await marked(page, ".card"), ["2"]);
    await page.locator("#p1-3").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "c1-3");
    await page.locator("#c1-3 h4 .tag").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "p1-3");
  }));

  test("the strip and the sources lead to passages", () => on(one, {}, async (page) => {
    await page.locator('.strip [data-p="3"]').dispatchEvent("click");
    assert.deepEqual(await marked(page, ".card"), ["3"]);
    await page.locator('.links a[href="#c1-1"]').click();
    assert.deepEqual(await marked(page, ".s"), ["1"]);
  }));

  test("filters by kind and by credit are left out by next", () => on(one, {}, async (page) => {
    await page.uncheck('[data-filter="uncredited"]');
    assert.equal(await counter(page), "2 passages");
    assert.equal(await page.locator(".card.uncredited").first().isVisible(), false);
    await page.locator("body").press("n");
    assert.deepEqual(await marked(page, ".card"), ["2"]);
    await page.check('[data-filter="uncredited"]');
    await page.keyboard.press("Escape");
    await page.uncheck('[data-filter="verbatim"]');
    const left = await page.locator(".card:not(.boilerplate, .verbatim)").count();
    assert.ok(left > 0 && left < 3, `${left} are not verbatim`);
    assert.equal(await counter(page), `${left} passage${left === 1 ? "" : "s"}`);
  }));

  test("boilerplate is grey and passed over until it is asked for", () => on(one, {}, async (page) => {
    const ground = () => page.locator(".s.boilerplate").first().evaluate((part) => getComputedStyle(part).backgroundColor);
    const grey = await ground();
    await page.locator("body").press("b");
    assert.notEqual(await ground(), grey);
    assert.equal(await counter(page), "4 passages");
    await page.uncheck('[data-filter="boilerplate"]');
    assert.equal(await ground(), grey);
    assert.equal(await counter(page), "3 passages");
  }));

  test("a link to a passage opens there", () => on(one, { query: "#c1-2" }, async (page) => {
    assert.deepEqual(await marked(page, ".s"), ["2"]);
  }));

  for (const colorScheme of ["light", "dark"]) {
    test(`text stands out from its ground in ${colorScheme}, and the button changes sides`, () => on(one, { colorScheme }, async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.press("n");
      assert.deepEqual(await faint(page), []);
      await page.click("#theme");
      assert.deepEqual(await faint(page), []);
      await page.uncheck('[data-filter="credited"]');
      await page.check('[data-filter="boilerplate"]');
      assert.deepEqual(await faint(page), []);
    }));
  }

  for (const [name, width, height] of [["a phone", 390, 844], ["a large type size", 640, 400], ["a narrow phone", 320, 560]]) {
    test(`${name} stacks article and sources and never scrolls sideways`, () => on(one, { width, height }, async (page) => {
      const boxes = await Promise.all(["a", "b"].map((side) => page.locator(`.side.${side}`).boundingBox()));
      assert.ok(boxes[1].y >= boxes[0].y + boxes[0].height, "they stand side by side");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the screen");
    }));
  }

  test("on paper article and cards are whole and the controls are gone", () => on(one, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const pane of await page.locator(".pane").all()) {
      assert.ok(await pane.evaluate((pane) => pane.clientHeight >= pane.scrollHeight - 1), "a pane is cut");
    }
    for (const control of [".tools", "#theme"]) assert.equal(await page.locator(control).first().isVisible(), false);
  }));
});

describe("a page of several articles", () => {
  test("lists them, and goes on from one to the next", () => on(many, {}, async (page) => {
    assert.equal(await page.locator(".index tbody tr").count(), 3);
    await page.locator(".index a").nth(1).click();
    assert.ok((await page.locator("#article-2").boundingBox()).y < 400);
    await page.locator("#article-1 .previous").click();
    assert.equal(await counter(page, 1), "3 of 3");
    await page.keyboard.press("n");
    assert.equal(await counter(page, 2), "1 of 1");
    assert.equal(await counter(page, 1), "3 passages");
    await page.locator("#article-2 [data-filter='verbatim']").uncheck();
    assert.equal(await page.locator("#article-1 [data-filter='verbatim']").isChecked(), false);
  }));

  test("shows hostile text and runs nothing of it", () => on(many, {}, async (page) => {
    assert.equal(await text(page, 3), odd.text);
    assert.equal(await page.locator("img, iframe, base, script:not(body > script)").count(), 0);
    for (let step = 0; step < 6; step += 1) await page.keyboard.press("n");
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  }));
});
