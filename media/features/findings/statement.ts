import { html, type TemplateResult } from "lit";
import type { ContrastFix } from "../../../src/protocol/findings.js";
import type { Finding } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { ratioWords } from "../../panel/picture/contrast.js";
import { styled } from "../../panel/styled.js";

/** The numbers of a finding, said once, and what would pass. */
export function statementView(finding: Finding, fix: ContrastFix | undefined): TemplateResult {
  const { problem, measured, evidence } = finding;
  if (!fix) {
    return html`<p>${problem}</p>
      ${measured && evidence !== "measured" ? html`<p class="measured">${measured}</p>` : ""}`;
  }
  const { ratio, needed, foreground, background } = fix;
  return html`${evidence === "measured" ? "" : html`<p>${problem}</p>`}
    <p class="measured">
      ${swatch(foreground, background)}
      <span>Contrast is <b class="fails">${ratioWords(ratio)}</b> (${foreground} on ${background}); at least ${needed}:1 is required.</span>
    </p>`;
}

/** The nearest colours that pass, of the text and of its ground; else what the finding says. */
export function fixView(finding: Finding, fix: ContrastFix | undefined, actions: Actions): TemplateResult {
  if (!fix) return html`${finding.fix}`;
  const { text, ground, foreground, background } = fix;
  return html`${
    text
      ? html`<div class="fix">
          ${swatch(text.colour, background)} Text ${colourButton(text.colour, actions)}
          <span class="dim">${ratioWords(text.ratio)} on ${background}</span>
        </div>`
      : ""
  }
  ${
    ground
      ? html`<div class="fix">
          ${swatch(foreground, ground.colour)} Background ${colourButton(ground.colour, actions)}
          <span class="dim">${ratioWords(ground.ratio)} under ${foreground}</span>
        </div>`
      : ""
  }
  ${text || ground ? "" : html`<div>Change both colours: no change of one of them suffices.</div>`}
  ${finding.evidence === "measured" ? "" : html`<div class="dim">Claude: ${finding.fix}</div>`}`;
}

const colourButton = (colour: string, { act }: Actions): TemplateResult =>
  html`<button
    class="colour"
    aria-label="Copy ${colour}, the nearest colour that passes"
    title="Copy the nearest colour that passes"
    @click=${() => act({ action: "copyColour", colour })}
  >
    ${colour}
  </button>`;

/** The two colours, one on the other. No letters: pale ones would be text that nobody can read. */
export const swatch = (foreground: string, background: string): TemplateResult =>
  html`<span class="swatch" ${styled({ "background-color": background })}
    ><span ${styled({ "background-color": foreground })}></span
  ></span>`;
