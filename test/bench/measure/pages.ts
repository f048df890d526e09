import { pathToFileURL } from "node:url";

/**
 * The pages that measuring is tried on: five design systems as they come from npm, three layouts each. Texts
 * with `data-ratio` are recoloured in the page to that very contrast, so that there are enough of them near 3
 * and 4.5; everything else has the colours of its design system.
 */
export interface TruthPage {
  name: string;
  /** Never looked at while tuning. */
  heldOut: boolean;
  html(scheme: "light" | "dark"): string;
}

interface DesignSystem {
  name: string;
  styles: string[];
  /** Attributes of the root element and styles of the body, by scheme. */
  schemes: Record<"light" | "dark", { root: string; css: string }>;
  font: string;
  container: string;
  button(label: string, kind: "primary" | "secondary" | "danger", small?: boolean): string;
  field(label: string, hint: string, input: string): string;
  check(label: string): string;
  alert(text: string): string;
  tag(text: string): string;
  table(head: string[], rows: string[][]): string;
  card(title: string, body: string): string;
  tabs(labels: string[]): string;
}

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const cells = (name: string, values: string[], attributes = "") =>
  values.map((value) => `<${name}${attributes}>${value}</${name}>`).join("");
const rowsOf = (rows: string[][], attributes = "") =>
  rows
    .map((row) => `<tr${attributes}>${cells("td", row, attributes && ' class="govuk-table__cell"')}</tr>`)
    .join("");

const bootstrap: DesignSystem = {
  name: "bootstrap",
  styles: ["bootstrap/dist/css/bootstrap.css"],
  schemes: {
    light: { root: 'data-bs-theme="light"', css: "" },
    dark: { root: 'data-bs-theme="dark"', css: "" },
  },
  font: "",
  container: "container py-3",
  button: (label, kind, small) =>
    `<button class="btn btn-${kind}${small ? " btn-sm" : ""}">${label}</button>`,
  field: (label, hint, input) =>
    `<div class="mb-3"><label class="form-label">${label}</label>${input.replace("<input", '<input class="form-control"')}<div class="form-text">${hint}</div></div>`,
  check: (label) =>
    `<div class="form-check"><input class="form-check-input" type="checkbox"><label class="form-check-label">${label}</label></div>`,
  alert: (text) => `<div class="alert alert-warning">${text}</div>`,
  tag: (text) => `<span class="badge text-bg-info">${text}</span>`,
  table: (head, rows) =>
    `<table class="table table-striped"><thead><tr>${cells("th", head)}</tr></thead><tbody>${rowsOf(rows)}</tbody></table>`,
  card: (title, body) =>
    `<div class="card mb-3"><div class="card-header">${title}</div><div class="card-body">${body}</div></div>`,
  tabs: (labels) =>
    `<ul class="nav nav-tabs mb-3">${labels.map((label, at) => `<li class="nav-item"><a class="nav-link${at ? "" : " active"}" href="#">${label}</a></li>`).join("")}</ul>`,
};

const bulma: DesignSystem = {
  name: "bulma",
  styles: [
    "bulma/css/bulma.css",
    "@fontsource/inter/400.css",
    "@fontsource/inter/600.css",
    "@fontsource/inter/700.css",
  ],
  schemes: { light: { root: 'data-theme="light"', css: "" }, dark: { root: 'data-theme="dark"', css: "" } },
  font: "Inter",
  container: "container p-4",
  button: (label, kind, small) =>
    `<button class="button is-${kind === "secondary" ? "light" : kind}${small ? " is-small" : ""}">${label}</button>`,
  field: (label, hint, input) =>
    `<div class="field"><label class="label">${label}</label><div class="control">${input.replace("<input", '<input class="input"')}</div><p class="help">${hint}</p></div>`,
  check: (label) => `<label class="checkbox"><input type="checkbox"> ${label}</label><br>`,
  alert: (text) => `<div class="notification is-warning">${text}</div>`,
  tag: (text) => `<span class="tag is-info">${text}</span>`,
  table: (head, rows) =>
    `<table class="table is-striped is-fullwidth"><thead><tr>${cells("th", head)}</tr></thead><tbody>${rowsOf(rows)}</tbody></table>`,
  card: (title, body) =>
    `<div class="card mb-4"><header class="card-header"><p class="card-header-title">${title}</p></header><div class="card-content">${body}</div></div>`,
  tabs: (labels) =>
    `<div class="tabs"><ul>${labels.map((label, at) => `<li${at ? "" : ' class="is-active"'}><a>${label}</a></li>`).join("")}</ul></div>`,
};

const pico: DesignSystem = {
  name: "pico",
  styles: [
    "@picocss/pico/css/pico.css",
    "@fontsource/roboto/400.css",
    "@fontsource/roboto/500.css",
    "@fontsource/roboto/700.css",
  ],
  schemes: { light: { root: 'data-theme="light"', css: "" }, dark: { root: 'data-theme="dark"', css: "" } },
  font: "Roboto",
  container: "container",
  button: (label, kind, small) =>
    `<button class="${kind === "danger" ? "contrast" : kind}" ${small ? 'style="padding:4px 8px;font-size:13px;width:auto"' : 'style="width:auto"'}>${label}</button>`,
  field: (label, hint, input) => `<label>${label}${input}<small>${hint}</small></label>`,
  check: (label) => `<label><input type="checkbox">${label}</label>`,
  alert: (text) => `<article style="background:#fff3cd;color:#664d03">${text}</article>`,
  tag: (text) => `<mark>${text}</mark>`,
  table: (head, rows) =>
    `<table class="striped"><thead><tr>${cells("th", head)}</tr></thead><tbody>${rowsOf(rows)}</tbody></table>`,
  card: (title, body) => `<article><header>${title}</header>${body}</article>`,
  tabs: (labels) =>
    `<nav><ul>${labels.map((label) => `<li><a href="#">${label}</a></li>`).join("")}</ul></nav>`,
};

const govuk: DesignSystem = {
  name: "govuk",
  styles: ["govuk-frontend/dist/govuk/govuk-frontend.min.css"],
  schemes: {
    light: { root: 'class="govuk-template"', css: "" },
    dark: {
      root: 'class="govuk-template"',
      css: "body{background:#1d2127} .govuk-body,.govuk-label,h1,h2,p{color:#e8eaed} .govuk-hint{color:#9aa4ad}",
    },
  },
  font: "",
  container: "govuk-width-container govuk-main-wrapper",
  button: (label, kind, small) =>
    `<button class="govuk-button${kind === "secondary" ? " govuk-button--secondary" : kind === "danger" ? " govuk-button--warning" : ""}" ${small ? 'style="padding:2px 6px;font-size:14px"' : ""}>${label}</button>`,
  field: (label, hint, input) =>
    `<div class="govuk-form-group"><label class="govuk-label">${label}</label><div class="govuk-hint">${hint}</div>${input.replace("<input", '<input class="govuk-input"')}</div>`,
  check: (label) =>
    `<div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"><label class="govuk-label govuk-checkboxes__label">${label}</label></div></div>`,
  alert: (text) => `<div class="govuk-inset-text">${text}</div>`,
  tag: (text) => `<strong class="govuk-tag">${text}</strong>`,
  table: (head, rows) =>
    `<table class="govuk-table"><thead class="govuk-table__head"><tr>${cells("th", head, ' class="govuk-table__header"')}</tr></thead><tbody>${rowsOf(rows, ' class="govuk-table__row"')}</tbody></table>`,
  card: (title, body) =>
    `<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper"><h2 class="govuk-summary-card__title">${title}</h2></div><div class="govuk-summary-card__content">${body}</div></div>`,
  tabs: (labels) =>
    `<nav class="govuk-breadcrumbs"><ol class="govuk-breadcrumbs__list">${labels.map((label) => `<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="#">${label}</a></li>`).join("")}</ol></nav>`,
};

const foundation: DesignSystem = {
  name: "foundation",
  styles: ["foundation-sites/dist/css/foundation.css"],
  schemes: {
    light: { root: "", css: "" },
    dark: {
      root: "",
      css: "body{background:#16181d;color:#d7dbe0} label,h1,h2{color:#f0f2f5} .card{color:#222} thead,tbody{color:#333}",
    },
  },
  font: "Helvetica Neue",
  container: "grid-container",
  button: (label, kind, small) =>
    `<button class="button ${kind === "danger" ? "alert" : kind}${small ? " tiny" : ""}">${label}</button>`,
  field: (label, hint, input) => `<label>${label}${input}</label><p class="help-text">${hint}</p>`,
  check: (label) => `<div><input type="checkbox"><label>${label}</label></div>`,
  alert: (text) => `<div class="callout warning">${text}</div>`,
  tag: (text) => `<span class="label">${text}</span>`,
  table: (head, rows) =>
    `<table><thead><tr>${cells("th", head)}</tr></thead><tbody>${rowsOf(rows)}</tbody></table>`,
  card: (title, body) =>
    `<div class="card"><div class="card-divider">${title}</div><div class="card-section">${body}</div></div>`,
  tabs: (labels) =>
    `<ul class="menu">${labels.map((label, at) => `<li${at ? "" : ' class="is-active"'}><a href="#">${label}</a></li>`).join("")}</ul>`,
};

/** Contrasts to draw texts with: mostly near 3 and near 4.5, some hard to see at all. */
const ratios = [
  4.2, 4.8, 2.8, 3.2, 1.3, 4.35, 4.7, 2.6, 5.2, 3.6, 4.0, 1.6, 5.0, 2.9, 3.1, 6.5, 4.3, 4.75, 2.2, 3.3,
];

/** Sentences in which every text has a contrast of its own. */
function tinted(texts: string[], from: number, size: number): string {
  return texts
    .map((text, at) => {
      const ratio = ratios[(from + at) % ratios.length];
      const hue = (from * 47 + at * 71) % 360;
      return `<p style="font-size:${size}px;margin:0 0 6px;line-height:1.4"><span data-ratio="${ratio}" data-hue="${at % 3 ? hue : -1}">${escapeHtml(text)}</span></p>`;
    })
    .join("");
}

const small = (glyph: string, size: number) =>
  `<button style="width:${size}px;height:${size}px;min-height:0;padding:0;margin:0 14px 0 0;font-size:${Math.round(size * 0.6)}px;line-height:1;border:1px solid #767676;border-radius:3px;background:#e9ecef;color:#212529">${glyph}</button>`;

function settings(s: DesignSystem, seed: number): string {
  return `<h1>Account settings</h1>
    ${s.tabs(["Profile", "Notifications", "Billing plan", "Security"])}
    <div style="display:grid;grid-template-columns:1fr 1fr;gap:32px"><div>
      ${s.field("Full name", "As it appears on your passport", '<input type="text" value="Margaret Hamilton">')}
      ${s.field("Work address", "We never share it with anyone", '<input type="email" placeholder="name@company.example">')}
      ${s.field("Time zone", "Used for every reminder", '<input type="text" placeholder="Europe, Paris">')}
      ${s.check("Send me a weekly summary")} ${s.check("Let colleagues find my profile")}
      ${s.button("Save changes", "primary")} ${s.button("Discard", "secondary")} ${s.button("Delete account", "danger")}
    </div><div>
      ${s.alert("Your trial ends in three days. Choose a plan to keep your projects.")}
      ${tinted(
        [
          "Last signed in from Lisbon on Tuesday morning",
          "Two devices are connected to this account",
          "Passwords expire after ninety days",
          "Recovery codes were printed in March",
          "Optional, can be changed at any time",
          "Storage used: 3 of 15 gigabytes",
          "Learn how we protect your data",
          "Updated a moment ago by an administrator",
          "Read the full terms of service",
          "No invoices have been issued yet",
        ],
        seed,
        14,
      )}
      <div>${small("×", 20)}${small("+", 22)}${small("?", 28)}${small("i", 18)}${small("✓", 32)}</div>
    </div></div>`;
}

function dashboard(s: DesignSystem, seed: number): string {
  return `<h1>Sales overview</h1>
    <div style="display:grid;grid-template-columns:repeat(3,1fr);gap:20px">
      ${s.card("Revenue this month", `<h2>48,210</h2>${tinted(["Up 12 percent from October", "Goal: 52,000 by Friday"], seed, 13)}`)}
      ${s.card("New customers", `<h2>1,384</h2>${tinted(["Mostly from search", "Churn stays below two percent"], seed + 3, 13)}`)}
      ${s.card("Open tickets", `<h2>27</h2>${tinted(["Median answer in 4 hours", "Six are waiting for parts"], seed + 6, 12)}`)}
    </div>
    ${s.table(
      ["Order", "Customer", "Status", "Total", "Placed"],
      [
        ["10482", "Ada Lovelace", s.tag("Shipped"), "129.00", "12 November"],
        ["10483", "Grace Hopper", s.tag("Waiting"), "74.50", "12 November"],
        ["10484", "Katherine Johnson", s.tag("Returned"), "312.99", "13 November"],
        ["10485", "Radia Perlman", s.tag("Shipped"), "18.20", "14 November"],
      ].map((row, at) =>
        row.map((cell, column) =>
          column === 1 || column === 4
            ? `<span data-ratio="${ratios[(seed + at * 2 + column) % ratios.length]}" data-hue="-1">${cell}</span>`
            : cell,
        ),
      ),
    )}
    <div style="display:grid;grid-template-columns:1fr 1fr;gap:20px"><div>
      ${tinted(
        [
          "Average basket value by country",
          "Numbers are refreshed every hour",
          "Export the table as a spreadsheet",
          "Compare with the previous quarter",
          "Discounts are already included",
          "Taxes depend on the delivery address",
        ],
        seed + 9,
        16,
      )}</div><div style="background:linear-gradient(90deg,#0b3d91,#1f6feb);padding:16px;color:#fff">
      <h2 style="color:#fff">Winter campaign</h2><p style="color:#dbe9ff">Starts on the first of December in all regions</p>
      ${s.button("Preview", "secondary", true)}</div></div>
    <p>${s.button("Refresh", "primary", true)} ${s.button("Archive", "danger", true)} ${small("<", 20)}${small(">", 20)}${small("…", 24)}</p>`;
}

function article(s: DesignSystem, seed: number): string {
  return `<h1>How bridges carry their load</h1>
    <p><span data-ratio="4.6" data-hue="-1">By Emily Roebling</span> · <span data-ratio="3.9" data-hue="-1">eight minutes to read</span> ${s.tag("Engineering")} ${s.tag("History")}</p>
    <p>Every bridge answers the same question: how does a weight in the middle reach the ground at the ends? A beam bends, an arch pushes outwards, and a cable pulls. <a href="#">Read the introduction</a> or jump to the <a href="#">list of terms</a> below.</p>
    <h2>Beams and trusses</h2>
    <p>A beam is squeezed along its top and stretched along its bottom. Stone dislikes being stretched, so old stone beams are short and thick. A truss replaces the solid beam by triangles, because a triangle keeps its shape even when its corners are loose.</p>
    ${s.alert("Measurements in this article are rounded to the nearest metre.")}
    <div style="display:grid;grid-template-columns:2fr 1fr;gap:28px"><div>
      <h2>Arches and cables</h2>
      <p>An arch turns weight into thrust. The steeper the arch, the smaller the thrust, and the heavier the stones that it needs. A hanging cable is an arch upside down.</p>
      ${tinted(
        [
          "Figure 3: a suspension bridge seen from the north bank",
          "Photograph kept by the public library of the city",
          "The main span measures 486 metres between towers",
          "Steel wires were spun in place over fourteen months",
        ],
        seed,
        12,
      )}
      ${tinted(["Large but faint heading", "Another quiet headline", "Numbers worth knowing"], seed + 2, 26)}
    </div><aside>
      ${s.card("More to read", tinted(["Tunnels under rivers", "Why towers sway in the wind", "A short history of concrete", "Lighthouses of the coast", "Rails, ropes and rivets"], seed + 5, 15))}
      ${s.button("Subscribe", "primary")}
      ${tinted(["Unsubscribe whenever you like", "1,204 readers this week"], seed + 11, 11)}
      <div>${small("f", 22)}${small("x", 26)}${small("@", 19)}</div>
    </aside></div>`;
}

const systems = [bootstrap, bulma, pico, govuk, foundation];
const layouts = { settings, dashboard, article };

export const pages: TruthPage[] = systems.flatMap((system, at) =>
  Object.entries(layouts).map(([layout, body], column) => ({
    name: `${system.name}-${layout}`,
    heldOut: (at + column) % 3 === 2,
    html: (scheme) => document(system, scheme, body(system, at * 7 + column * 5)),
  })),
);

function document(system: DesignSystem, scheme: "light" | "dark", body: string): string {
  const { root, css } = system.schemes[scheme];
  const links = system.styles
    .map((file) => `<link rel="stylesheet" href="${pathToFileURL(`node_modules/${file}`).href}">`)
    .join("");
  const font =
    system.font === "" ? "" : `body,button,input{font-family:${system.font},sans-serif !important}`;
  return `<!doctype html><html lang="en" ${root}><head><meta charset="utf-8"><title>Page</title>${links}
    <style>*{animation:none !important;transition:none !important}${font}${css}</style></head>
    <body><main class="${system.container}">${body}</main></body></html>`;
}
