import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { runInNewContext } from "node:vm";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exercises, exists, lessons, names, read } from "../../course/disk.ts";
import { serveSite } from "../../course/site/serve.ts";
import { stubOf } from "../../course/answers/stub.ts";
import { build, type Built, copyCourse, write } from "./site-copy.ts";

// Two copies of the whole course, so that no one's exercises are touched. In the first a learner has
// broken one exercise and solved the others; in the second an author has made mistakes.
const folder = mkdtempSync(join(tmpdir(), "tcp by hand (site)-"));
const good = join(folder, "good");
const bad = join(folder, "bad");
const site = join(good, "site");

const [peer] = names("test/peers").filter((name) => name.endsWith(".py"));

/** A lesson with what is easily got wrong, the last one in the first copy. */
const trial = `# 99. A \`trial\`

Not links: server.py, README.md. Links: [a peer](../test/peers/${peer}),
[a test](../test/repo/site.test.ts), [the first page](../README.md), [here](#what-accept-does).

## What \`accept()\` does

~~~~hex file=../examples/99-trial/none.ts#none
00 01
~~~~
`;

let built: Built;
let refused: Built;

beforeAll(async () => {
  copyCourse(good);
  exercises().forEach(({ key }, i) => {
    const answer = i === 0 ? 'const broken: = "published";' : read(`solutions/${key}.ts`);
    write(join(good, `exercises/${key}.ts`), answer);
  });
  write(join(good, "lessons/99-trial.md"), trial);
  if (!existsSync(join(good, "README.md"))) write(join(good, "README.md"), "# A course\n");
  copyCourse(bad);
  const [{ file, slug }] = lessons() as [ReturnType<typeof lessons>[0]];
  appendFileSync(join(bad, file), "\nSee [nothing](98-nothing.md).\n");
  write(join(bad, `examples/${slug}/bare.ts`), "export function bare(port: number) {\n}\n");
  [built, refused] = await Promise.all([build(good), build(bad)]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Paths of the site's files by their ending. */
function filesOfSite(ending: string): string[] {
  return readdirSync(site, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll(sep, "/")).filter((path) => path.endsWith(ending));
}

const page = (path: string) => readFileSync(join(site, path), "utf8");

/** A page's text, without its markup. */
function shown(path: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return page(path).replace(/<br\s*\/?>/g, "\n").replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (_all, name: string) => named[name]!);
}

/** What the tags of a page refer to: tag, address. */
function references(html: string): [string, string][] {
  return [...html.matchAll(/<(\w+)\b[^>]*?\s(?:href|src)="([^"]*)"/g)]
    .map(([, tag, address]) => [tag!, address!.replaceAll("&amp;", "&")]);
}

/** Why an address on a page leads nowhere; empty when it leads somewhere. */
function deadEnd(from: string, address: string): string {
  const [path = "", anchor] = address.split("#").map(decodeURIComponent);
  const file = path ? join(dirname(join(site, from)), path) : join(site, from);
  if (relative(site, file).startsWith("..")) return `${from}: ${address} leaves the site`;
  if (!existsSync(file) || !statSync(file).isFile()) return `${from}: ${address} is no file`;
  const isThere = !anchor || readFileSync(file, "utf8").includes(` id="${anchor}"`);
  return isThere ? "" : `${from}: ${address} has no such anchor`;
}

describe("course docs build", () => {
  test("builds the site without a warning, whatever the learner has in exercises/", () => {
    expect(built).toEqual({ code: 0, output: `The site is in ${site}\n` });
  });

  test("makes a page of every lesson, example and exercise", () => {
    const examples = names("examples").flatMap((lesson) =>
      names(`examples/${lesson}`).filter((name) => name.endsWith(".ts"))
        .map((name) => `examples/${lesson}/${name.replace(/\.ts$/, "")}`)
    );
    const wanted = [
      ...lessons().map(({ slug }) => `lessons/${slug}`),
      ...examples,
      ...exercises().map(({ key }) => `exercises/${key}`),
    ];
    expect(filesOfSite(".html")).toEqual(expect.arrayContaining(wanted.map((it) => `${it}.html`)));
  });

  test("begins with the map of the course", () => {
    const text = page("index.html");
    expect(text.indexOf('id="lessons"')).toBeLessThan(text.indexOf('id="begin"'));
    for (const { slug } of lessons()) expect(text).toContain(`href="lessons/${slug}.html"`);
  });

  test("shows the lessons first in the navigation, in order and with their titles", () => {
    const [, data = ""] = /"(.*)"/.exec(page("assets/navigation.js")) ?? [];
    const [first] = JSON.parse(inflateSync(Buffer.from(data, "base64")).toString());
    const titles = first.children.map(({ text }: { text: string }) => text);
    const wanted = lessons().map(({ number, title }) => `${Number(number)}. ${title}`)
      .map((title) => title.replaceAll("`", ""));
    expect([first.text, titles]).toEqual(["Lessons", [
      ...wanted,
      "99. A trial",
      "Glossary",
      "Playbook",
    ]]);
  });

  test("shows a stub's contract and text, and nothing of the solution or of the learner's", () => {
    for (const { key } of exercises()) {
      const stub = stubOf(key);
      const pages = filesOfSite(".html").filter((path) => path.startsWith(`exercises/${key}`));
      const text = pages.map(shown).join("\n");
      const code = stub.replace(/^\/\*\*[\s\S]*?\*\/\n*/, "").trimEnd();
      expect(text).toContain(code);
      const [, k, name] = /\/(\d)-(.+)$/.exec(key)!;
      expect(text).toContain(`Exercise ${k}: ${name}`);
      const [contract = ""] = /\w.*/.exec(stub) ?? [];
      expect(text).toContain(contract.replaceAll("`", ""));
      const lines = read(`solutions/${key}.ts`).split("\n").map((line) => line.trim());
      const secret = lines.filter((line) => line.length > 12 && !stub.includes(line));
      expect(secret.filter((line) => text.includes(line))).toEqual([]);
      expect(text).not.toContain("published");
    }
  });

  test("shows an example's source without the markers of its regions", () => {
    for (const path of filesOfSite(".html").filter((path) => path.startsWith("examples/"))) {
      const file = path.replace(/\.html$/, "");
      const source = read(exists(`${file}.ts`) ? `${file}.ts` : file);
      expect(shown(path)).toContain(source.split("\n").findLast((line) => line.length > 20)!);
      expect(shown(path)).not.toMatch(/#(end)?region/);
    }
  });

  test("reads a lesson as GitHub does", () => {
    const [lesson, html] = [shown("lessons/99-trial.html"), page("lessons/99-trial.html")];
    expect(html).toContain('id="what-accept-does"');
    expect(lesson.match(/What accept\(\) does/g)).toHaveLength(2); // the heading, the contents
    expect(html).toContain('<code class="text">00 01');
    expect(html).not.toMatch(/href="http:/); // what linkify makes of server.py
    const links = references(html).map(([, address]) => address);
    expect(links).toEqual(expect.arrayContaining([
      `../test/peers/${peer}.html`,
      "../test/repo/site.test.ts.html",
      "../index.html",
    ]));
  });

  test("leads nowhere but to files and anchors that are there", () => {
    const dead = filesOfSite(".html").flatMap((path) =>
      references(page(path)).filter(([tag, address]) => tag !== "a" || !/^https?:/.test(address))
        // Icons are put into a page when it is shown.
        .filter(([tag]) => tag !== "use")
        .map(([, address]) => deadEnd(path, address)).filter((why) => why)
    );
    expect(dead).toEqual([]);
  });

  test("loads nothing from elsewhere", () => {
    const loaded = filesOfSite(".html").flatMap((path) =>
      references(page(path)).filter(([tag, address]) => tag !== "a" && /^(\w+:|\/)/.test(address))
    );
    const imported = filesOfSite(".css").filter((path) =>
      /@import|url\((?!["']?(data:|#))/.test(page(path))
    );
    expect([loaded, imported]).toEqual([[], []]);
  });

  test("refuses a broken link and an undocumented example, and names them", () => {
    const [{ file, slug }] = lessons() as [ReturnType<typeof lessons>[0]];
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(new RegExp(`${file}:\\d+: .*98-nothing\\.md`));
    expect(refused.output).toContain(`examples/${slug}/bare (Module)`);
    expect(refused.output).toContain(`examples/${slug}/bare.bare.port (Parameter)`);
    expect(existsSync(join(bad, "site"))).toBe(false);
  });
});

test("the search is handed words only, and the reader sees what they typed", () => {
  class HTMLInputElement {
    #value = "";
    get value() {
      return this.#value;
    }
    set value(text: string) {
      this.#value = text;
    }
    static read(element: HTMLInputElement) {
      return element.#value;
    }
    addEventListener() {}
  }
  const field = new HTMLInputElement();
  const document = { getElementById: () => field };
  runInNewContext(page("assets/custom.js"), { HTMLInputElement, document, localStorage: {} });
  field.value = "node:net +a -b ~c ^2 *";
  expect([field.value, HTMLInputElement.read(field)]).toEqual([
    "node net  a  b  c  2  ",
    "node:net +a -b ~c ^2 *",
  ]);
});

describe("serveSite()", () => {
  test("serves a folder's pages and nothing beside it", async () => {
    const { url, close } = await serveSite(site);
    const get = async (path: string) => {
      const reply = await fetch(url + path);
      return [reply.status, reply.headers.get("content-type"), (await reply.text()).slice(0, 15)];
    };
    expect(await get("")).toEqual([200, "text/html; charset=utf-8", "<!DOCTYPE html>"]);
    expect(await get("..%2fpackage.json")).toEqual([404, "text/plain", "There is no suc"]);
    expect(await get("%")).toEqual([404, "text/plain", "There is no suc"]);
    close();
  });

  test("says that the port is taken when it is", async () => {
    const { url, close } = await serveSite(site);
    const { port } = new URL(url);
    await expect(serveSite(site, Number(port))).rejects
      .toThrow(`Cannot serve the site on 127.0.0.1:${port}: the port is taken`);
    close();
  });
});
