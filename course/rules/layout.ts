/**
 * The disk is the index: what must lie where, under which name.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const slug = String.raw`(?<slug>\d\d-[a-z0-9]+(?:-[a-z0-9]+)*)`;
const name = String.raw`(?<name>\d-[a-z0-9]+(?:-[a-z0-9]+)*)`;
const kebab = String.raw`[a-z0-9]+(?:-[a-z0-9]+)*`;

/** What may lie in the folders of the course, by what it is. */
const places = {
  lesson: `lessons/${slug}\\.md`,
  page: `lessons/(?:glossary|playbook)\\.md`,
  data: `lessons/data/(?:${kebab}\\.sh|${slug}/.+)`,
  figure: `lessons/figures/(?:\\d\\d-${kebab}|playbook)\\.svg`,
  example: `examples/${slug}/${kebab}\\.(?:ts|py|c|sh)`,
  solution: `solutions/${slug}/${name}\\.ts`,
  hints: `solutions/${slug}/${name}\\.hints\\.md`,
  test: `test/${slug}/${name}\\.test\\.ts`,
  answer: `test/answers/${slug}/${name}/(?:wrong-(?:M\\d\\d|own|stub)|right)-${kebab}\\.ts`,
  readme: `test/answers/README\\.md`,
  library: `berkeley/(?:system/)?${kebab}\\.ts`,
  other: `test/(?:peers|repo|support)/.+`,
};

type Kind = keyof typeof places;

/** One file of the course. */
interface Found {
  file: string;
  kind: Kind;
  slug: string;
  /** `"1-echo-server"`, empty for what belongs to a lesson */
  name: string;
}

/** What every exercise consists of. */
const parts: [Kind, (key: string) => string][] = [
  ["solution", (key) => `solutions/${key}.ts`],
  ["hints", (key) => `solutions/${key}.hints.md`],
  ["test", (key) => `test/${key}.test.ts`],
  ["answer", (key) => `test/answers/${key}/`],
];

/**
 * Holds the names of all files against one another.
 *
 * @param files Paths from the root, see {@link courseFiles}
 * @returns What is stray, missing or misnamed, as sentences
 */
export function checkLayout(files: string[]): string[] {
  const found = files.map(recognize).filter((it) => it !== undefined);
  const known = new Set(found.map((it) => it.file));
  return [
    ...files.filter((file) => !known.has(file)).map((file) => `${file} is stray or misnamed`),
    ...checkLessons(found),
    ...checkExercises(found),
  ];
}

function recognize(file: string): Found | undefined {
  for (const [kind, pattern] of Object.entries(places)) {
    const groups = new RegExp(`^${pattern}$`).exec(file);
    if (!groups) continue;
    const { slug = "", name = "" } = groups.groups ?? {};
    return { file, kind: kind as Kind, slug, name };
  }
  return undefined;
}

function checkLessons(found: Found[]): string[] {
  const slugs = sorted(found.map((it) => it.slug).filter(Boolean));
  return slugs.flatMap((slug, i) => {
    const mine = found.filter((it) => it.slug === slug);
    const has = (kind: Kind) => mine.some((it) => it.kind === kind);
    const before = slugs[i - 1];
    return [
      ...(has("lesson") ? [] : [`lessons/${slug}.md is missing: ${mine[0]!.file} belongs to it`]),
      ...(has("example") ? [] : [`examples/${slug}/ is missing or empty`]),
      ...(before?.slice(0, 2) === slug.slice(0, 2)
        ? [`${before} and ${slug} have the same number`]
        : []),
    ];
  });
}

function checkExercises(found: Found[]): string[] {
  const keys = sorted(found.filter((it) => it.name).map((it) => `${it.slug}/${it.name}`));
  return keys.flatMap((key, i) => {
    const mine = found.filter((it) => `${it.slug}/${it.name}` === key);
    const missing = parts.filter(([kind]) => !mine.some((it) => it.kind === kind));
    const [slug, name] = key.split("/") as [string, string];
    const before = keys[i - 1]?.startsWith(`${slug}/`) ? keys[i - 1]!.split("/")[1]! : "0";
    const wanted = Number(before[0]) + 1;
    return [
      ...missing.map(([, path]) => `${path(key)} is missing: ${mine[0]!.file} belongs to it`),
      ...(Number(name[0]) === wanted
        ? []
        : [`${key} should have the number ${wanted}: they count from 1, without a gap`]),
    ];
  });
}

const sorted = (texts: string[]) => [...new Set(texts)].sort();

/**
 * Stubs that a clean checkout would not have.
 *
 * @param committed See {@link committedStubs}
 */
export function checkStubs(files: string[], committed: string[]): string[] {
  return files.map(recognize).filter((it) => it?.kind === "solution")
    .map((it) => `exercises/${it!.slug}/${it!.name}.ts`)
    .filter((stub) => !committed.includes(stub))
    .map((stub) => `${stub} is not in git: course sync stubs, then git add ${stub}`);
}

/** Paths of all files in the folders of the course, without the learner's and without dot files. */
export function courseFiles(root: string): string[] {
  return ["berkeley", "lessons", "examples", "solutions", "test"].flatMap((top) => {
    if (!existsSync(join(root, top))) return [];
    return readdirSync(join(root, top), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/"))
      .map((file) => file.replace(/^\//, ""));
  }).sort();
}

/** The exercises that git knows; undefined where the course is not in git, or there is no git. */
export function committedStubs(root: string): string[] | undefined {
  // In a container the folder may belong to someone else.
  const words = ["-c", "safe.directory=*", "ls-files", "--cached", "package.json", "exercises"];
  const files = spawnSync("git", words, { cwd: root, encoding: "utf8" }).stdout?.split("\n") ?? [];
  return files.includes("package.json") ? files : undefined;
}
