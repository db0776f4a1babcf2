/**
 * What typedoc does not do by itself: addresses, titles and navigation that follow the folders, and
 * sources shown on their pages.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import {
  type Application,
  type Comment,
  type CommentDisplayPart,
  type Context,
  Converter,
  type DefaultThemeRenderContext,
  DocumentReflection,
  IndexEvent,
  JSX,
  type NormalizedPath,
  normalizePath,
  PageEvent,
  type ProjectReflection,
} from "typedoc";
import { lessonsOf, pathOf } from "./paths.ts";
import { CourseRouter, CourseTheme } from "./theme.ts";

/** Languages of sources that get a page of their own when a text links to them, by ending. */
const languages: Record<string, string> = {
  ".ts": "ts",
  ".mjs": "js",
  ".py": "python",
  ".c": "c",
  ".sh": "sh",
};

/** Called by typedoc, once for each build. */
export function load(app: Application): void {
  app.renderer.defineRouter("course", CourseRouter);
  app.renderer.defineTheme("course", CourseTheme);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    // What pathOf() counts from.
    const base = normalizePath(app.options.getValue("basePath"));
    project.files.registerReflection(base, project);
    for (const document of project.documents ?? []) document.name = titleOf(document);
    for (const lesson of lessonsOf(project)) lesson.relevanceBoost = 16;
    for (const it of Object.values(project.reflections)) if (it.comment) listErrors(it.comment);
    showSources(project);
    addSourcePages(project);
  });
  app.renderer.on(IndexEvent.PREPARE_INDEX, indexSources);
  app.renderer.on(PageEvent.END, forPeople);
  app.renderer.on(PageEvent.END, forDisk);
  app.renderer.hooks.on("content.begin", linkToLesson);
}

/** The document's H1. */
function titleOf({ content, name }: DocumentReflection): string {
  const text = content.map((part) => part.text).join("");
  return (/^# (.+)$/m.exec(text)?.[1] ?? name).replaceAll("`", "");
}

/** Makes one list of a call's errors, and says their classes, which typedoc leaves out. */
function listErrors(comment: Comment): void {
  const errors = comment.blockTags.filter(({ tag }) => tag === "@throws");
  const [first] = errors;
  if (!first) return;
  const list = errors.flatMap(({ typeAnnotation, content }): CommentDisplayPart[] => {
    const name = typeAnnotation?.replace(/[{}]/g, "") ?? "Error";
    const text = content.map((part) => ({ ...part, text: part.text.replaceAll("\n", " ") }));
    return [{ kind: "text", text: `\n- \`${name}\`: ` }, ...text];
  });
  comment.blockTags = comment.blockTags.filter((it) => it === first || it.tag !== "@throws");
  first.content = list;
  delete first.typeAnnotation;
}

/** Puts programs and stubs, which export little or nothing, on their pages below their comment. */
function showSources(project: ProjectReflection): void {
  for (const module of project.children ?? []) {
    if (!/^(?:examples|exercises)\//.test(module.name)) continue;
    const source = readFileSync(project.files.getReflectionPath(module)!, "utf8");
    const code = source.replace(/^\/\*\*[\s\S]*?\*\/\n*/, "");
    module.readme = [{ kind: "text", text: `## Source\n\n${fenced(code, "ts")}` }];
  }
}

/** Makes a page of every source that is linked to and has none. */
function addSourcePages(project: ProjectReflection): void {
  for (const path of project.files.getMediaPaths()) {
    const language = languages[extname(path)];
    if (!language) continue;
    const page = new DocumentReflection("", project, [], {});
    project.addChild(page);
    project.registerReflection(page, undefined, path as NormalizedPath);
    page.name = pathOf(page);
    const text = `# ${page.name}\n\n${fenced(readFileSync(path, "utf8"), language)}`;
    page.content.push({ kind: "text", text });
  }
}

function fenced(code: string, language: string): string {
  return `~~~~~~${language}\n${code.trimEnd()}\n~~~~~~\n`;
}

/** Lets the search look into the sources, too, and not hold up lessons by an exercise's every name. */
function indexSources(event: IndexEvent): void {
  for (let i = event.searchResults.length - 1; i >= 0; i--) {
    const { name, parent } = event.searchResults[i]!;
    const isPart = !name.includes("/") && /^exercises\//.test(parent?.getFullName() ?? "");
    if (isPart) event.removeResult(i);
  }
  event.searchResults.forEach((page, i) => {
    if (page.isDeclaration() && page.readme) {
      event.searchFields[i]!.document = page.readme.map((part) => part.text).join("");
    }
  });
}

/** Gives a program or exercise the title that people use, in place of "Module" and a path. */
function forPeople(page: PageEvent): void {
  page.contents &&= page.contents
    .replace(/<h1>Module exercises\/[^/]+\/(\d)-([^<]+)</, "<h1>Exercise $1: $2<")
    .replace(/<h1>Module examples\/[^/]+\/([^<]+)</, "<h1>Example: $1<");
}

/**
 * Makes a page that can be opened from the disk, too: there a folder is a listing and no page, and
 * no icon may come out of another file. Typedoc puts all icons into every page.
 */
function forDisk(page: PageEvent): void {
  if (page.contents === undefined) return;
  page.contents = page.contents
    .replace(
      / href="((?:\.\.\/)+|\.\/)(#[^"]*)?"/g,
      (_all, folder: string, anchor = "") => ` href="${folder}index.html${anchor}"`,
    )
    .replace(/ href="[^"]*\/icons\.svg#/g, ' href="#');
}

/** Above an exercise or example the way to its lesson, and what to type. */
function linkToLesson(context: DefaultThemeRenderContext): JSX.Element {
  const { model, project } = context.page;
  const slug = /^(?:examples|exercises)\/([^/]+)\//.exec(pathOf(model))?.[1];
  const lesson = lessonsOf(project).find((page) => pathOf(page) === `lessons/${slug}.md`);
  if (!lesson) return JSX.createElement(JSX.Fragment, null);
  const link = JSX.createElement("a", { href: context.urlTo(lesson) }, lesson.name);
  const [, number, k] = /^exercises\/(\d\d)-[^/]+\/(\d)-/.exec(pathOf(model)) ?? [];
  const check = k ? JSX.createElement("code", null, `npm run course check ${number}/${k}`) : "";
  return JSX.createElement("p", null, "Lesson: ", link, k ? ". To check it: " : "", check);
}
