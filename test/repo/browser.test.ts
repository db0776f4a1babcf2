import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exercises, lessons, names } from "../../course/disk.ts";
import { type ServedSite, serveSite } from "../../course/site/serve.ts";
import { missingTool } from "#support/tool.ts";
import { build, copyCourse } from "./site-copy.ts";

const missing = missingTool("chromium");
const chromiumPath = (process.env.PATH ?? "").split(delimiter)
  .map((folder) => join(folder, "chromium")).find(existsSync);
const phone = { width: 390, height: 844 };

const folder = mkdtempSync(join(tmpdir(), "tcp by hand (browser)-"));
const site = join(folder, "site");
let browser: Browser;
let served: ServedSite;

/** All pages, as paths from the site's first page. */
const pages = [
  "index.html",
  ...lessons().map(({ slug }) => `lessons/${slug}.html`),
  ...exercises().map(({ key }) => `exercises/${key}.html`),
  ...names("examples").flatMap((lesson) =>
    names(`examples/${lesson}`).filter((name) => name.endsWith(".ts"))
      .map((name) => `examples/${lesson}/${name.replace(".ts", ".html")}`)
  ),
];

beforeAll(async () => {
  if (missing) return;
  copyCourse(folder);
  const [built, launched] = await Promise.all([
    build(folder),
    // A sandbox of its own is what it lacks in a container.
    chromium.launch({
      executablePath: chromiumPath!,
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
    }),
  ]);
  expect(built.code, built.output).toBe(0);
  browser = launched;
  served = await serveSite(site);
}, 120_000);

afterAll(async () => {
  served?.close();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A tab in which nothing may go wrong unseen. */
async function open(options: Parameters<Browser["newPage"]>[0] = {}) {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { page, complaints, [Symbol.asyncDispose]: () => page.close() };
}

const bases = ["served", "opened from disk"];
const baseOf = (how: string) => how === "served" ? served.url : `${pathToFileURL(site)}/`;
/** Served, all of them; from disk, where only the paths differ, all lessons and one of each kind. */
const pagesOf = (how: string) =>
  how === "served"
    ? pages
    : pages.filter((path, i) =>
      path.split("/")[0] !== pages[i - 1]?.split("/")[0] || /^l/.test(path)
    );

describe.skipIf(missing)("the site", () => {
  test.for(bases)(
    "shows no error, never scrolls sideways on a phone, and has no dead link, %s",
    { timeout: 120_000 },
    async (how) => {
      const base = baseOf(how);
      const wide: string[] = [];
      const targets = new Set<string>();
      await visit(pagesOf(how).map((path) => base + path), async (page) => {
        const width = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (width > phone.width) wide.push(`${page.url()} is ${width} px wide`);
        await page.locator("nav.tsd-navigation a").first().waitFor({ state: "attached" });
        const links = await page.evaluate<string[]>("[...document.links].map((it) => it.href)");
        for (const link of links) targets.add(link.replace(/#.*/, ""));
      });
      expect(wide).toEqual([]);
      const own = [...targets].filter((link) => link.startsWith(base));
      expect(own.length).toBeGreaterThan(pagesOf(how).length - 1);
      expect((await dead(own)).join("\n")).toBe("");
    },
  );

  test.for(bases)("has its lessons in order in the navigation, %s", async (how) => {
    await using tab = await open();
    await tab.page.goto(`${baseOf(how)}index.html`);
    const section = tab.page.locator("nav.tsd-navigation details").first();
    await section.locator("a").first().waitFor();
    expect(await section.locator("summary").first().innerText()).toBe("Lessons");
    const titles = await section.locator("a").allInnerTexts();
    expect(titles.map((it) => it.trim())).toEqual(
      [
        ...lessons().map(({ number, title }) => `${Number(number)}. ${title}`.replaceAll("`", "")),
        "Glossary",
      ],
    );
  });

  test.for([
    "half-close",
    "EPIPE",
    "FIN",
    "connect ECONNREFUSED 127.0.0.1:65432",
    "Error: read ECONNRESET",
    "listen EADDRINUSE: address already in use 127.0.0.1:65432",
  ])("finds a lesson by %s", async (words) => {
    await using tab = await open();
    await tab.page.goto(`${served.url}index.html`);
    expect(await search(tab.page, words)).toMatch(/^\d+\. /);
    expect(tab.complaints).toEqual([]);
  });

  test.for(["light", "dark"] as const)(
    "is %s where the reader's system is",
    async (colorScheme) => {
      await using tab = await open({ colorScheme });
      await tab.page.goto(`${served.url}${pages[1]}`);
      const colour = await tab.page.evaluate<string>(
        "getComputedStyle(document.body).backgroundColor",
      );
      const brightness = Math.max(...colour.match(/\d+/g)!.slice(0, 3).map(Number));
      if (colorScheme === "dark") expect(brightness).toBeLessThan(80);
      else expect(brightness).toBeGreaterThan(200);
    },
  );
});

test("chromium is there to look at the site", ({ skip }) => {
  if (missing) skip(missing);
});

/** Opens pages on a phone, some at a time, none of which may complain. */
async function visit(urls: string[], look: (page: Page) => Promise<void>): Promise<void> {
  const left = [...urls];
  const complaints = await Promise.all([1, 2, 3].map(async () => {
    await using tab = await open({ viewport: phone });
    for (let url = left.shift(); url; url = left.shift()) {
      await tab.page.goto(url);
      await look(tab.page);
    }
    return tab.complaints;
  }));
  expect(complaints.flat().join("\n")).toBe("");
}

/** Those of the site's own links that lead nowhere. */
async function dead(links: string[]): Promise<string[]> {
  const gone = [];
  for (const link of links) {
    const found = link.startsWith("file:") ? existsSync(fileURLToPath(link)) : await answers(link);
    if (!found) gone.push(link);
  }
  return gone;
}

async function answers(link: string): Promise<boolean> {
  const response = await fetch(link);
  await response.body?.cancel();
  return response.ok;
}

/** The first page that the search finds. */
async function search(page: Page, words: string): Promise<string> {
  await page.locator("#tsd-search-trigger").click();
  await page.locator("#tsd-search-input").fill(words);
  const first = page.locator("#tsd-search-results li").first();
  await first.waitFor();
  return (await first.innerText()).trim();
}
