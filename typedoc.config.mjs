// How the site is made. What it is made of, course/site/build.ts says: a staged copy, never the tree itself.
import { OptionDefaults } from "typedoc";
import { languages, setUpParser } from "./course/site/parser.ts";
import { load } from "./course/site/plugin.ts";

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "TCP by Hand",
  logLevel: "Warn",
  plugin: [load],
  theme: "course",
  router: "course",
  favicon: "course/site/favicon.svg",
  customCss: "course/site/style.css",
  markdownItLoader: setUpParser,
  highlightLanguages: languages,
  // A reader looks for calls; what they take and give comes behind them.
  groupOrder: [
    "Modules",
    "Functions",
    "Constructors",
    "Properties",
    "Methods",
    "Classes",
    "Variables",
    "*",
  ],
  sort: ["source-order"],
  headings: { readme: false, document: false },
  visibilityFilters: {},
  useFirstParagraphOfCommentAsSummary: true,
  includeHierarchySummary: false,
  preservedTypeAnnotationTags: ["@throws"],
  disableSources: true,
  searchInComments: true,
  searchInDocuments: true,
  treatWarningsAsErrors: true,
  requiredToBeDocumented: [...OptionDefaults.requiredToBeDocumented, "Module", "Parameter"],
  validation: {
    notExported: true,
    invalidLink: true,
    invalidPath: true,
    rewrittenLink: true,
    notDocumented: true,
    unusedMergeModuleWith: true,
  },
};
