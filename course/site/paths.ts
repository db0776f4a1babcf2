/**
 * Where the things on the site come from.
 *
 * @module
 */
import { relative, sep } from "node:path";
import type { DocumentReflection, ProjectReflection, Reflection } from "typedoc";

/** Path of a module's or document's file in the course, empty for everything else. */
export function pathOf(page: Reflection): string {
  const { files } = page.project;
  const [path, base] = [files.getReflectionPath(page), files.getReflectionPath(page.project)];
  return path && base ? relative(base, path).replaceAll(sep, "/") : "";
}

/** The lessons in order. */
export function lessonsOf(project: ProjectReflection): DocumentReflection[] {
  return (project.documents ?? []).filter((page) => /^lessons\/\d\d-/.test(pathOf(page)))
    .sort((a, b) => pathOf(a) < pathOf(b) ? -1 : 1);
}
