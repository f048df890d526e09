import "../noEval.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { html, render, svg, type TemplateResult } from "lit";
import { type FromSpend, type SpendRow, type SpendView, ToSpend } from "../../src/protocol/spend.js";
import { app, connect } from "../page.js";
import { dollars } from "../panel/dollars.js";

const channel = connect<ToSpend, FromSpend>(ToSpend, take);
const send = (message: FromSpend) => channel.send(message);

/** Days that the charts show. */
const shownDays = 30;
/** Colours in the style sheet, in turn. */
const colours = 6;
/** The ids of the workflows; one of an older or newer version that was spent on comes last. */
let workflows: readonly string[] = [];

const colourOf = (workflow: string): string => `colour-${(workflows.indexOf(workflow) % colours) + 1}`;

const sum = (rows: readonly SpendRow[], of: (row: SpendRow) => number): number =>
  rows.reduce((all, row) => all + of(row), 0);
const count = (number: number): string => Math.round(number).toLocaleString("en");
/** The share of what was read that came from the prompt cache. */
function cacheShare(rows: readonly SpendRow[]): string {
  const read = sum(rows, ({ input, cacheWrite, cacheRead }) => input + cacheWrite + cacheRead);
  return read === 0 ? "" : `${Math.round((100 * sum(rows, ({ cacheRead }) => cacheRead)) / read)} %`;
}

const average = (rows: readonly SpendRow[]): number | undefined => {
  const requests = sum(rows, (row) => row.requests);
  return requests === 0 ? undefined : sum(rows, ({ visualTokens }) => visualTokens) / requests;
};

function lastDays(today: string): string[] {
  const end = new Date(`${today}T12:00:00`);
  return Array.from({ length: shownDays }, (_, index) => {
    const day = new Date(end);
    day.setDate(end.getDate() - (shownDays - 1 - index));
    const two = (number: number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  });
}

function spendView({ rows, budget, today, warnings, pricesAsOf }: SpendView): TemplateResult {
  const ofToday = rows.filter(({ day }) => day === today);
  const spent = sum(ofToday, ({ cost }) => cost);
  const open = sum(ofToday, (row) => row.open);
  const days = lastDays(today);
  return html`<section class="spend" aria-label="Spend">
    <div class="bar">
      <h1>Spend</h1>
      <span class="gap"></span>
      <vscode-button secondary @click=${() => send({ type: "raiseBudget" })}>Change Daily Budget</vscode-button>
      <vscode-button secondary @click=${() => send({ type: "export" })}>Export CSV</vscode-button>
    </div>
    ${warnings.map((warning) => html`<p class="message" role="status">${warning}</p>`)}
    <dl class="totals">
      <div><dt>Today</dt><dd>${dollars(spent)}${budget === undefined ? "" : html` <span class="dim">of ${dollars(budget)}</span>`}</dd></div>
      <div><dt>Not settled</dt><dd>${open > 0.00005 ? `up to ${dollars(open)}` : "nothing"}</dd></div>
      <div><dt>Last ${shownDays} days</dt><dd>${dollars(
        sum(
          rows.filter(({ day }) => days.includes(day)),
          ({ cost }) => cost,
        ),
      )}</dd></div>
      <div><dt>From the prompt cache</dt><dd>${cacheShare(rows) || "–"}</dd></div>
    </dl>
    ${
      rows.length === 0
        ? html`<p class="dim">Nothing was asked yet.</p>`
        : html`<h2>US$ a day</h2>
            ${costChart(rows, days)}
            <h2>Visual tokens a picture, on average</h2>
            ${tokenChart(rows, days)} ${legend()}
            <h2>By day, workflow and model</h2>
            ${tableOf(rows)}`
    }
    <p class="facts">
      Prices of ${pricesAsOf}, or as set in screenshotWorkbench.prices. Requests whose outcome is not known count with
      the most that they can have cost.
    </p>
  </section>`;
}

const [width, height, left, bottom] = [900, 180, 56, 24];
const slot = (width - left) / shownDays;

function axes(most: number, label: (value: number) => string, days: readonly string[]): TemplateResult[] {
  const y = (share: number) => (height - bottom) * (1 - share) + 6;
  return [
    ...[0, 0.5, 1].map(
      (share) =>
        svg`<line class="grid" x1=${left} x2=${width} y1=${y(share)} y2=${y(share)}></line>
          <text x=${left - 6} y=${y(share) + 4} text-anchor="end">${label(most * share)}</text>` as TemplateResult,
    ),
    ...days.flatMap((day, index) =>
      index % 7 === shownDays % 7
        ? [
            svg`<text x=${left + (index + 0.5) * slot} y=${height} text-anchor="middle">${day.slice(5)}</text>` as TemplateResult,
          ]
        : [],
    ),
  ];
}

/** Bars of what was spent, a colour a workflow. */
function costChart(rows: readonly SpendRow[], days: readonly string[]): TemplateResult {
  const of = (day: string, workflow: string) =>
    sum(
      rows.filter((row) => row.day === day && row.workflow === workflow),
      ({ cost }) => cost,
    );
  const totals = days.map((day) =>
    sum(
      rows.filter((row) => row.day === day),
      ({ cost }) => cost,
    ),
  );
  const most = Math.max(...totals, 0.01);
  const scale = (height - bottom) / most;
  const bars = days.flatMap((day, index) => {
    let base = height - bottom + 6;
    return workflows.flatMap((workflow) => {
      const cost = of(day, workflow);
      if (cost === 0) return [];
      base -= cost * scale;
      return [
        svg`<rect class=${colourOf(workflow)} x=${left + index * slot + 2} y=${base} width=${slot - 4} height=${cost * scale}>
          <title>${day}, ${workflow}: ${dollars(cost)}</title>
        </rect>`,
      ];
    });
  });
  const label = `US$ spent a day in the last ${shownDays} days; the most on one day is ${dollars(most)}`;
  return html`<svg viewBox="0 0 ${width} ${height + 4}" role="img" aria-label=${label}>
    ${axes(most, (value) => value.toFixed(2), days)} ${bars}
  </svg>`;
}

/** Lines of how large pictures are, a colour a workflow: a jump shows a mistake in preparing them. */
function tokenChart(rows: readonly SpendRow[], days: readonly string[]): TemplateResult {
  const averages = workflows.map((workflow) => ({
    workflow,
    points: days.flatMap((day, index) => {
      const tokens = average(rows.filter((row) => row.day === day && row.workflow === workflow));
      return tokens === undefined ? [] : [{ day, index, tokens }];
    }),
  }));
  const most = Math.max(...averages.flatMap(({ points }) => points.map(({ tokens }) => tokens)), 1);
  const x = (index: number) => left + (index + 0.5) * slot;
  const y = (tokens: number) => (height - bottom) * (1 - tokens / most) + 6;
  const lines = averages.map(
    ({
      workflow,
      points,
    }) => svg`<polyline class=${colourOf(workflow)} points=${points.map(({ index, tokens }) => `${x(index)},${y(tokens)}`).join(" ")}></polyline>
      ${points.map(
        ({ day, index, tokens }) =>
          svg`<circle class=${colourOf(workflow)} cx=${x(index)} cy=${y(tokens)} r="3.5"><title>${day}, ${workflow}: ${count(tokens)}</title></circle>`,
      )}`,
  );
  const label = `Visual tokens a picture, on average, in the last ${shownDays} days; at most ${count(most)}`;
  return html`<svg viewBox="0 0 ${width} ${height + 4}" role="img" aria-label=${label}>
    ${axes(most, count, days)} ${lines}
  </svg>`;
}

const legend = (): TemplateResult =>
  html`<p class="legend">${workflows.map((workflow) => html`<span class=${colourOf(workflow)}>${workflow}</span>`)}</p>`;

function tableOf(rows: readonly SpendRow[]): TemplateResult {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col">Workflow</th>
        <th scope="col">Model</th>
        <th scope="col" class="figure">Requests</th>
        <th scope="col" class="figure">Tokens in</th>
        <th scope="col" class="figure">Out (thinking)</th>
        <th scope="col" class="figure">From cache</th>
        <th scope="col" class="figure">Visual tokens each</th>
        <th scope="col" class="figure">Cost</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            <td>${row.day}</td>
            <td>${row.workflow}</td>
            <td>${row.model}</td>
            <td class="figure">${count(row.requests)}</td>
            <td class="figure">${count(row.input + row.cacheWrite + row.cacheRead)}</td>
            <td class="figure">${count(row.output)} (${count(row.thinking)})</td>
            <td class="figure">${cacheShare([row])}</td>
            <td class="figure">${count(average([row]) ?? 0)}</td>
            <td class="figure">
              ${dollars(row.cost)}${row.open > 0.00005 ? html`<br /><span class="dim">+ up to ${dollars(row.open)}</span>` : ""}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function take(message: ToSpend): void {
  if (message.type === "start") {
    workflows = message.workflows.map(({ id }) => id);
    return;
  }
  const spentOn = message.rows.map(({ workflow }) => workflow);
  workflows = [...new Set([...workflows, ...spentOn])];
  render(spendView(message), app);
}

send({ type: "ready" });
