/** The themes that the panel is looked at in: VS Code's own light, dark, and both of high contrast. */
export const themes = [
  "Light 2026",
  "Dark 2026",
  "Default High Contrast",
  "Default High Contrast Light",
] as const;
export type Theme = (typeof themes)[number];

/** The style sheets of a page, in their order. */
export const panelStyles = [
  "panel.css",
  "result.css",
  "picture.css",
  "findings.css",
  "issue.css",
  "comparison.css",
];
