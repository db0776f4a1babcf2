/**
 * What all pictures have in common.
 *
 * One picture serves light and dark: it brings its own ground, and asks the reader's system which.
 * Its measures are those of a phone held upright, and it may be drawn larger.
 *
 * @module
 */

/** How wide a picture is, in the units that it is drawn in. */
export const width = 340;

/** How much larger it is shown where there is room. */
const scale = 1.25;

const theme = `
    svg { --ground: #ffffff; --ink: #1f2328; --faint: #59636e; --line: #8c959f; --first: #0550ae;
      --second: #953800; --third: #cf222e; }
    @media (prefers-color-scheme: dark) {
      svg { --ground: #161b22; --ink: #e6edf3; --faint: #9198a1; --line: #6e7681; --first: #79c0ff;
        --second: #ffa657; --third: #ff7b72; }
    }
    text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: var(--ink); }
    .faint { fill: var(--faint); font-size: 11px; }`;

/** A picture, and what it says to those who do not see it. */
export interface Drawing {
  title: string;
  desc: string;
  height: number;
  /** rules of CSS beside those of every picture; colours are the variables of those */
  style: string;
  /** elements of SVG */
  body: string;
}

/** The text of an SVG file. */
export function svg({ title, desc, height, style, body }: Drawing): string {
  const size = `viewBox="0 0 ${width} ${height}" width="${width * scale}" height="${
    height * scale
  }"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" \
aria-labelledby="title desc">
  <title id="title">${escape(title)}</title>
  <desc id="desc">${escape(desc)}</desc>
  <style>${theme}${style}
  </style>
  <rect width="100%" height="100%" rx="8" fill="var(--ground)"/>
${body}
</svg>
`;
}

/** Text as it stands in XML. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
