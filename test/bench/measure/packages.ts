/** Whoever changes how pictures are measured looks at the pages of the first half only. */
export type Half = "tuning" | "heldOut";

/** How a package's pages are put together. Files are named as they lie in node_modules. */
export interface Kit {
  half: Half;
  styles: string[];
  scripts?: string[];
  /** Attributes of the root element. */
  root?: string;
  bodyClass?: string;
  css?: string;
  /** What is different in a dark page; a package without it follows the browser's preference, or has none. */
  dark?: { root?: string; bodyClass?: string; css?: string };
}

/** The packages whose styles the pages wear, each wholly in one half. `browser-…` wear none. */
export const kits: Record<string, Kit> = {
  halfmoon: {
    half: "tuning",
    styles: ["halfmoon/css/halfmoon-variables.css", "@fontsource/inter/400.css", "@fontsource/inter/700.css"],
    css: "html, body, button, input { font-family: Inter, sans-serif !important; }",
    dark: { bodyClass: "dark-mode" },
  },
  "water.css": { half: "tuning", styles: ["water.css/out/water.css"] },
  "98.css": {
    half: "tuning",
    styles: ["98.css/dist/98.css"],
    css: "body { background: #008080; padding: 16px; }",
  },
  infima: {
    half: "tuning",
    styles: ["infima/dist/css/default/default.css"],
    root: 'data-theme="light"',
    dark: { root: 'data-theme="dark"' },
  },
  prismjs: {
    half: "tuning",
    styles: ["prismjs/themes/prism.css"],
    scripts: [
      "prismjs/prism.js",
      "prismjs/components/prism-python.js",
      "prismjs/components/prism-json.js",
      "prismjs/components/prism-typescript.js",
    ],
    css: "body { margin: 0; font: 15px/1.5 'DejaVu Sans', sans-serif; }",
  },
  chartist: {
    half: "tuning",
    styles: ["chartist/dist/index.css"],
    scripts: ["chartist/dist/index.umd.js"],
    css: "body { margin: 24px; font: 14px 'Liberation Sans', sans-serif; }",
    dark: {
      css: "body { margin: 24px; font: 14px 'Liberation Sans', sans-serif; background: #20242c; color: #d8dce4; } .ct-label { color: #ffffff80; } .ct-grid { stroke: #ffffff33; }",
    },
  },
  "foundation-emails": { half: "tuning", styles: ["foundation-emails/dist/foundation-emails.css"] },
  flatpickr: {
    half: "tuning",
    styles: ["flatpickr/dist/flatpickr.css"],
    scripts: ["flatpickr/dist/flatpickr.js"],
    css: "body { margin: 20px; font: 14px 'Liberation Sans', sans-serif; color: #333; }",
    dark: {
      css: "body { margin: 20px; font: 14px 'Liberation Sans', sans-serif; color: #ccc; background: #2a2d33; } td, th { border-color: #555 !important; } input, select, button { background: #3a3e46; color: #ddd; border: 1px solid #777; }",
    },
  },
  milligram: { half: "tuning", styles: ["normalize.css/normalize.css", "milligram/dist/milligram.css"] },
  "scripts-east": {
    half: "tuning",
    styles: [
      "@fontsource/sawarabi-gothic/400.css",
      "@fontsource/noto-sans-arabic/400.css",
      "@fontsource/noto-sans-arabic/700.css",
      "@fontsource/noto-sans-thai/400.css",
      "@fontsource/noto-sans-thai/700.css",
    ],
    css: "button, input, select { font-family: inherit; } body { margin: 24px; font: 16px/1.7 'Noto Sans Arabic', 'Noto Sans Thai', 'Sawarabi Gothic', sans-serif; }",
    dark: {
      css: "button, input, select { font-family: inherit; } body { margin: 24px; background: #16191f; color: #dfe3ea; font: 16px/1.7 'Noto Sans Arabic', 'Noto Sans Thai', 'Sawarabi Gothic', sans-serif; }",
    },
  },
  "browser-forms": { half: "tuning", styles: [], root: 'style="color-scheme: light dark"' },

  uikit: {
    half: "heldOut",
    styles: ["uikit/dist/css/uikit.css"],
    scripts: ["uikit/dist/js/uikit.js", "uikit/dist/js/uikit-icons.js"],
    dark: { bodyClass: "uk-light", css: "html, body { background: #1d2330; }" },
  },
  "spectre.css": {
    half: "heldOut",
    styles: [
      "spectre.css/dist/spectre.css",
      "spectre.css/dist/spectre-exp.css",
      "spectre.css/dist/spectre-icons.css",
    ],
  },
  "materialize-css": {
    half: "heldOut",
    styles: [
      "materialize-css/dist/css/materialize.css",
      "@fontsource/roboto/400.css",
      "@fontsource/roboto/500.css",
      "@fontsource/roboto/700.css",
    ],
  },
  "nes.css": {
    half: "heldOut",
    styles: ["nes.css/css/nes.css"],
    css: "body { padding: 16px; font-family: 'DejaVu Sans Mono', monospace; }",
    dark: {
      css: "body { padding: 16px; font-family: 'DejaVu Sans Mono', monospace; background: #212529; color: #eee; }",
    },
  },
  "7.css": {
    half: "heldOut",
    styles: ["7.css/dist/7.css"],
    css: "body { background: #4580c4; padding: 16px; }",
  },
  codemirror: {
    half: "heldOut",
    styles: [
      "codemirror/lib/codemirror.css",
      ...["eclipse", "solarized", "monokai", "nord", "material-darker", "mdn-like"].map(
        (theme) => `codemirror/theme/${theme}.css`,
      ),
    ],
    scripts: [
      "codemirror/lib/codemirror.js",
      "codemirror/mode/javascript/javascript.js",
      "codemirror/mode/css/css.js",
      "codemirror/mode/shell/shell.js",
      "codemirror/mode/sql/sql.js",
    ],
    css: "body { margin: 0; font: 13px 'DejaVu Sans', sans-serif; } .CodeMirror { height: auto; font: 13px/1.4 'DejaVu Sans Mono', monospace; } .CodeMirror-cursors { display: none; }",
  },
  "frappe-charts": {
    half: "heldOut",
    styles: [],
    scripts: ["frappe-charts/dist/frappe-charts.min.umd.js"],
    css: "body { margin: 24px; font: 15px 'DejaVu Sans', sans-serif; color: #36414c; }",
  },
  "github-markdown-css": {
    half: "heldOut",
    styles: ["github-markdown-css/github-markdown.css"],
    bodyClass: "markdown-body",
    css: "body { padding: 24px; }",
  },
  "scripts-south": {
    half: "heldOut",
    styles: [
      "@fontsource/noto-sans-devanagari/400.css",
      "@fontsource/noto-sans-devanagari/700.css",
      "@fontsource/noto-sans-hebrew/400.css",
      "@fontsource/noto-sans-hebrew/700.css",
    ],
    css: "button, input, select { font-family: inherit; } body { margin: 20px; font: 15px/1.6 'Noto Sans Devanagari', 'Noto Sans Hebrew', 'DejaVu Sans', sans-serif; color: #23272f; }",
    dark: {
      css: "button, input, select { font-family: inherit; } body { margin: 20px; font: 15px/1.6 'Noto Sans Devanagari', 'Noto Sans Hebrew', 'DejaVu Sans', sans-serif; color: #c9ced8; background: #111827; }",
    },
  },
  "browser-documents": { half: "heldOut", styles: [], root: 'style="color-scheme: light dark"' },
};
