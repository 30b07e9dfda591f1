// The pages of `likewise scan --report`, opened in a browser.
//
// LIKEWISE names the binary, CHROMIUM the browser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { faint } from "./faint.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const likewise = process.env.LIKEWISE ?? join(root, "target/debug/likewise");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const hostile = "</script><img src=x onerror=lwXss(1)>\"' \u202e";

const passage = "Divers found the bell of the lost ferry under six metres of mud, green with age but whole, and rang it once for those on deck before they wrapped it in wet cloth and took it ashore.";
const words = ["alder", "birch", "cedar", "dune", "eel", "fern", "gorse", "heath", "iris", "juniper", "kelp", "larch", "moss", "nettle"];

/** Words that stand in no other document. */
const own = (at) => Array.from({ length: 90 }, (_, i) => `${words[(i * 5 + at) % words.length]}${at}x${i}`).join(" ");

// One passage in thirty-two documents, one word changed in every fourth; one document is a copy, two have hostile names.
const documents = Array.from({ length: 31 }, (_, at) => ({
  id: at === 3 ? hostile : `doc-${String(at).padStart(2, "0")}`,
  text: `${own(at)}.\n\n${at % 4 === 3 ? passage.replace("six", "nine") : passage}\n\n${own(at + 100)}.`,
  date: `2024-0${1 + (at % 6)}-1${at % 10}`,
  outlet: at === 5 ? hostile : "The Lantern",
}));
documents.push({ ...documents[0], id: "copy" });

let folder;
let browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "likewise-corpus-"));
  const corpus = join(folder, "corpus.jsonl");
  writeFileSync(corpus, documents.map((one) => JSON.stringify(one)).join("\n"));
  execFileSync(likewise, ["scan", corpus, "--output", join(folder, "found"), "--report", join(folder, "report")]);
  browser = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Runs `check` on a page of the report; it may load other pages of it and nothing else, and run nothing of the documents. */
async function on(name, { width = 1280, height = 800, colorScheme = "light" }, check) {
  const page = await browser.newPage();
  const wrongs = [];
  const report = pathToFileURL(join(folder, "report")).href;
  page.on("pageerror", (error) => wrongs.push(`script error: ${error.message}`));
  page.on("console", (message) => wrongs.push(`console: ${message.text()}`));
  page.on("requestfailed", (request) => wrongs.push(`no such page: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${report}/`)) wrongs.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("lwXss", () => { wrongs.push("document text ran as script"); });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize({ width, height });
  try {
    await page.goto(`${report}/${name}`);
    await check(page);
    await page.waitForTimeout(50);
    assert.deepEqual(wrongs, []);
  } finally {
    await page.close();
  }
}

const title = (page) => page.locator(".verdict strong").textContent();
const shown = (page, table) => page.locator(`#${table} tbody tr:visible`).count();

describe("the index of a corpus", () => {
  test("tells how much is shared and leads to clusters and pairs", () => on("index.html", {}, async (page) => {
    assert.equal(await title(page), "32 of 32 documents share text");
    await page.locator("#cluster-table tbody tr").first().click();
    await page.waitForURL(/clusters\/00001\.html$/);
    assert.equal(await title(page), "One passage in 32 documents");
    await page.locator(".members a").first().click();
    await page.waitForURL(/pages\/.*\.html$/);
    assert.ok((await page.locator("tr.row").count()) > 0, "the page of a pair shows no passage");
  }));

  test("every link leads somewhere", () => on("index.html", {}, async (page) => {
    const links = await page.locator("tbody a, .network a").evaluateAll((all) => [...new Set(all.map((a) => new URL(a.getAttribute("href"), location).href))]);
    assert.ok(links.length > 20, `${links.length} links`);
    for (const link of links) assert.ok(existsSync(new URL(link)), link);
  }));

  test("rows are found, filtered, sorted and folded", () => on("index.html", {}, async (page) => {
    const all = await page.locator("#pair-table tbody tr").count();
    assert.equal(await shown(page, "pair-table"), 25);
    await page.locator('.all[data-for="pair-table"]').click();
    assert.equal(await shown(page, "pair-table"), all);
    await page.locator('[data-for="pair-table"] .find').fill("doc-07");
    const few = await shown(page, "pair-table");
    assert.ok(few > 0 && few < all, `${few} of ${all}`);
    await page.locator('[data-for="pair-table"] .find').fill("");
    const resemblance = page.locator("#pair-table th").last();
    const values = () => page.locator("#pair-table tbody td:last-child").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.v)));
    const sorted = async () => { const all = await values(); return all.every((value, at) => !at || all[at - 1] >= value); };
    await resemblance.getByRole("button").click();
    assert.equal(await resemblance.getAttribute("aria-sort"), "descending");
    assert.ok(await sorted(), "not the greatest first");
    await resemblance.getByRole("button").click();
    assert.equal(await sorted(), false);
    await page.uncheck('[data-kind="passage"] >> nth=0');
    assert.equal(await page.locator("#cluster-table tbody tr[data-kind=passage]:visible").count(), 0);
  }));

  test("keys go through the rows and to the search, until they are switched off", () => on("index.html", {}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.getAttribute("href"));
    await page.keyboard.press("n");
    assert.equal(await focused(), "clusters/00001.html");
    await page.keyboard.press("n");
    await page.keyboard.press("p");
    assert.equal(await focused(), "clusters/00001.html");
    await page.keyboard.press("/");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".find")));
    await page.keyboard.type("np");
    assert.equal(await page.locator(".find").first().inputValue(), "np");
    await page.keyboard.press("Escape");
    await page.uncheck("#keys");
    await page.keyboard.press("n");
    assert.equal(await page.evaluate(() => document.activeElement.id), "keys");
  }));
});

describe("the page of a cluster", () => {
  test("has the timeline, what most say and each document's own words", () => on("clusters/00001.html", {}, async (page) => {
    assert.ok((await page.locator(".timeline .dot").count()) > 10);
    assert.equal(await page.locator(".timeline .dot.first").count(), 1);
    assert.equal((await page.locator(".consensus").textContent()).trim(), passage);
    assert.equal(await page.locator(".vote").first().getAttribute("title"), "in 25 of 32");
    const member = page.locator(".members > li", { has: page.locator("h3", { hasText: "doc-07" }) });
    assert.equal((await member.locator("del").textContent()).trim(), "six");
    assert.equal((await member.locator("ins").textContent()).trim(), "nine");
    assert.ok((await page.locator(".network .node").count()) > 10);
  }));

  test("a dot leads to its document", () => on("clusters/00001.html", {}, async (page) => {
    const dot = page.locator(".timeline a").last();
    await dot.click();
    assert.equal(new URL(page.url()).hash, await dot.getAttribute("href"));
  }));

  test("hostile names are shown and run nothing", () => on("clusters/00001.html", {}, async (page) => {
    const names = await page.locator(".members h3 bdi").allTextContents();
    assert.ok(names.some((name) => name.includes("<img src=x onerror=lwXss(1)>")), names.join());
    assert.equal(await page.locator("img, script:not(body > script)").count(), 0);
  }));
});

describe("every page of a corpus", () => {
  for (const name of ["index.html", "clusters/00001.html"]) {
    test(`${name} fits a phone`, () => on(name, { width: 390, height: 844 }, async (page) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page is wider than the phone");
    }));
    for (const colorScheme of ["light", "dark"]) {
      test(`${name} can be read in ${colorScheme}, and the button changes sides`, () => on(name, { colorScheme }, async (page) => {
        assert.deepEqual(await faint(page), []);
        await page.click("#theme");
        assert.deepEqual(await faint(page), []);
        assert.equal(await page.getAttribute("#theme", "aria-pressed"), String(colorScheme === "light"));
      }));
    }
  }
});
