import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exercises, lessons, names, root } from "../../course/disk.ts";
import { here } from "../../course/runtimes.ts";
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

/** Where what the programs print leads to. */
const places = Object.entries({
  "address-in-use": ["in use"],
  "address-not-here": ["elsewhere"],
  "not-allowed": ["not allowed"],
  "no-such-name": ["no name"],
  "refused": ["refused"],
  "no-answer-to-a-connect": ["late"],
  "no-way-there": ["no way"],
  "pieces-or-rubbish": ["too few bytes"],
  "not-yet": ["not yet"],
  "reset": ["reset"],
  "a-write-to-nobody": ["behind the end", "broken"],
  "given-up-by-ourselves": ["given up"],
  // An address that is not here is an invalid argument for node:net on Deno.
  "a-slip-in-the-program": ["no port", "closed here", "not connected", "elsewhere"],
}).flatMap(([section, names]) => names.map((what) => `${what}: Playbook #${section}`));

/** What programs print, in three languages, of what they made fail. */
async function realErrors(): Promise<{ what: string; message: string }[]> {
  const file = (name: string) => join(root, "examples/18-troubleshooting", name);
  const programs = [
    ["python3", file("errors.py")],
    ...(here === "node" ? [[process.execPath, file("errors.ts")]] : [
      [process.execPath, "run", "--allow-net", file("errors.ts")],
      [process.execPath, "run", "--allow-net=127.0.0.0/8,gone.invalid", file("errors-deno.ts")],
    ]),
  ];
  const printed = await Promise.all(
    programs.map(([program, ...words]) =>
      promisify(execFile)(program!, words, { timeout: 60_000 })
    ),
  );
  return printed.flatMap(({ stdout }) => stdout.trim().split("\n")).map((line) => {
    const [, what = "", message = ""] = /^([^:]+): (.+)$/.exec(line) ?? [];
    return { what, message };
  });
}

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
/**
 * All lessons, and of the pages that are made alike one of each folder; from disk, where only the
 * paths differ, and on Deno, which makes the same of the same, one of each kind.
 */
const pagesOf = (how: string) => {
  const depth = how === "served" && here === "node" ? 2 : 1;
  const folder = (path = "") => path.split("/").slice(0, depth).join("/");
  return pages.filter((path, i) => folder(path) !== folder(pages[i - 1]) || /^l/.test(path));
};

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
        "Playbook",
      ],
    );
  });

  test.for(["half-close", "FIN", "keepalive"])("finds a lesson by %s", async (words) => {
    await using tab = await open();
    await tab.page.goto(`${served.url}index.html`);
    expect((await search(tab.page, words)).title).toMatch(/^\d+\. /);
    expect(tab.complaints).toEqual([]);
  });

  test("leads from what programs print to its section of the playbook", {
    timeout: 120_000,
  }, async ({ skip }) => {
    const python = missingTool("python3");
    if (python) return skip(python);
    await using tab = await open();
    await tab.page.goto(`${served.url}lessons/playbook.html`);
    const found: string[] = [];
    for (const { what, message } of await realErrors()) {
      const { title, link } = await search(tab.page, message);
      await link.click();
      found.push(`${what}: ${title} ${new URL(tab.page.url()).hash}`);
    }
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter((line) => !places.includes(line))).toEqual([]);
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
async function search(page: Page, words: string) {
  await page.locator("#tsd-search-trigger").click();
  await page.locator("#tsd-search-input").fill(words);
  const link = page.locator("#tsd-search-results li a").first();
  await link.waitFor();
  return { title: (await link.innerText()).trim(), link };
}
