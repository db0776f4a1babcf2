/**
 * Addresses and navigation that follow the folders.
 *
 * @module
 */
import {
  DefaultTheme,
  type NavigationElement,
  type PageDefinition,
  type ProjectReflection,
  type Reflection,
  StructureRouter,
} from "typedoc";
import { lessonsOf, pathOf } from "./paths.ts";

/** What folders are called, in the order in which the navigation shows them. */
const sections: Record<string, string> = {
  lessons: "Lessons",
  exercises: "Exercises",
  examples: "Examples",
  berkeley: "Berkeley sockets",
  test: "Tests",
};

/** Puts every page where its file is, and the README first. */
export class CourseRouter extends StructureRouter {
  override buildPages(project: ProjectReflection): PageDefinition[] {
    const pages = super.buildPages(project);
    if (!project.readme?.length) return pages;
    // The list of modules, which would be the project's page beside the README.
    this.fullUrls.set(project, "index.html");
    return pages.filter(({ url }) => url !== "modules.html");
  }

  protected override getIdealBaseName(page: Reflection): string {
    if (!page.isDocument()) return super.getIdealBaseName(page);
    return pathOf(page).replace(/\.md$/, "");
  }
}

/** A page with the parts of its path. */
interface Leaf {
  parts: string[];
  text: string;
  path: string;
}

/** Typedoc's own theme with the folders as sections. */
export class CourseTheme extends DefaultTheme {
  override buildNavigation(project: ProjectReflection): NavigationElement[] {
    const lessons = new Map(lessonsOf(project).map((lesson) => [pathOf(lesson), lesson.name]));
    const nameOf = (folder: string) =>
      sections[folder] ?? lessons.get(`lessons/${folder}.md`) ?? folder;
    const pages = project.childrenIncludingDocuments ?? [];
    return branch(pages.map((page) => this.#leaf(page)).sort(inOrder), 0, nameOf);
  }

  #leaf(page: Reflection): Leaf {
    const parts = pathOf(page).split("/");
    // What has no title is named by its path, of which the branch shows the beginning.
    const isTitled = !pathOf(page).startsWith(page.name);
    const text = isTitled ? page.name : page.name.split("/").at(-1)!;
    return { parts, text, path: this.router.getFullUrl(page) };
  }
}

/** By section, and then by path. */
function inOrder(a: Leaf, b: Leaf): number {
  const order = [...Object.keys(sections), ""];
  const place = ({ parts }: Leaf) => order.indexOf(parts[0]! in sections ? parts[0]! : "");
  const name = ({ path }: Leaf) => path.replace(/\.html$/, "");
  return place(a) - place(b) || (name(a) < name(b) ? -1 : 1);
}

/** One folder's entries: its pages and, in a branch each, its folders. */
function branch(
  leaves: Leaf[],
  depth: number,
  nameOf: (folder: string) => string,
): NavigationElement[] {
  const entries: NavigationElement[] = [];
  for (const [name, inside] of Map.groupBy(leaves, ({ parts }) => parts[depth]!)) {
    const [{ parts, text, path }] = inside as [Leaf];
    if (parts.length === depth + 1) entries.push({ text, path });
    else entries.push({ text: nameOf(name), children: branch(inside, depth + 1, nameOf) });
  }
  return entries;
}
