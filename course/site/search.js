// What programs print, and the section of the playbook that explains it: the build fills this in.
const sections = {};

const field = document.getElementById("tsd-search-input");
const typed = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

const words = (text) => ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim()} `;

/** The section for an error message: that of the longest words in it. */
function section(text) {
  const found = Object.keys(sections).filter((it) => words(text).includes(words(it)));
  return sections[found.sort((a, b) => b.length - a.length)[0]];
}

// The search takes what is typed for its query language, in which these signs mean something, and
// throws on a colon that is not behind the name of a field. It shall see words only.
Object.defineProperty(field, "value", {
  get() {
    const text = typed.get.call(field);
    return section(text) === undefined ? text.replace(/[:+~^*-]/g, " ") : "playbook";
  },
  set: (text) => typed.set.call(field, text),
});

document.getElementById("tsd-search-results").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const anchor = section(typed.get.call(field));
  if (anchor === undefined || !link?.pathname.endsWith("/playbook.html")) return;
  link.hash = anchor;
  // Whoever is on that page already stays there: the search has to go by itself.
  link.closest("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
}, true);

// The lessons are open until someone closes them.
try {
  localStorage["tsd-accordion-Lessons"] ??= "true";
} catch {
  // Cookies are refused: then they are closed.
}
