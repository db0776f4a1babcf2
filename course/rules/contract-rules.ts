/**
 * What the gate finds wrong in the comments that a learner reads in a stub.
 *
 * @module
 */

/**
 * Finds what a stub's comments tell of its solution.
 *
 * @param solution Source text of the solution
 * @param stub Source text of the stub
 * @returns Sentences
 */
export function checkContract(solution: string, stub: string): string[] {
  const comments = commentsOf(stub);
  const written = calls(withoutComments(stub));
  const hidden = calls(withoutComments(solution)).filter((name) => !written.includes(name));
  return [
    ...(/\bsolutions?\b/i.test(comments) ? ["A comment speaks of the solution"] : []),
    ...hidden.filter((name) => new RegExp(`\\b${name}\\b\\(`).test(comments))
      .map((name) => `A comment names ${name}(), which only the solution calls`),
  ];
}

// As regions quote it: no string of a solution holds the beginning of a comment.
const comment = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

function commentsOf(source: string): string {
  return (source.match(comment) ?? []).join("\n");
}

function withoutComments(source: string): string {
  return source.replace(comment, "");
}

function calls(code: string): string[] {
  return [...new Set([...code.matchAll(/\b([A-Za-z_]\w*)\(/g)].map((match) => match[1]!))];
}
