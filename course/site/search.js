// The search takes what is typed for its query language, in which these signs mean something, and
// throws on a colon that is not behind the name of a field. It shall see words only.
const field = document.getElementById("tsd-search-input");
const typed = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
Object.defineProperty(field, "value", {
  get: () => typed.get.call(field).replace(/[:+~^*-]/g, " "),
  set: (text) => typed.set.call(field, text),
});

// The lessons are open until someone closes them.
try {
  localStorage["tsd-accordion-Lessons"] ??= "true";
} catch {
  // Cookies are refused: then they are closed.
}
