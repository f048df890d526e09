import { html, type TemplateResult } from "lit";
import type { ContrastFix } from "../../../src/protocol/findings.js";
import { basisOf, type Finding } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { crop, viewAround } from "../../panel/picture/crop.js";
import { copyPng, pngOf } from "../../panel/picture/pixels.js";
import { reportOf, type State } from "../../panel/state.js";
import { styled } from "../../panel/styled.js";
import { decisionView } from "./decide.js";
import { marksOfFinding } from "./marks.js";
import { fixView, statementView } from "./statement.js";

/** The crop of an open finding. CSS pixels. */
const cropSize = { width: 360, height: 150 };
/** As large as twice the picture's own size. */
const twice = 2;

/** All that is known of a finding, and what can be done with it. */
export function bodyView(
  finding: Finding,
  fix: ContrastFix | undefined,
  isArriving: boolean,
  state: State,
  actions: Actions,
): TemplateResult {
  const { key, criterion, where, affected, confidence, comment } = finding;
  const report = reportOf(state.view);
  const { name, url } = basisOf(finding);
  return html`<div class="body">
    <p>
      ${url ? html`<a href=${url}>${name}</a>` : name}
      <span class="dim">${criterion ? "" : "No WCAG criterion · "}${confidence} confidence</span>
    </p>
    ${statementView(finding, fix)} ${cropView(finding, state)}
    <dl>
      <dt>Fix</dt>
      <dd>${fixView(finding, fix, actions)}</dd>
      <dt>Affects</dt>
      <dd>${affected}</dd>
      <dt>Where</dt>
      <dd>${where}${finding.box ? "" : html` <span class="dim">(no place on the picture)</span>`}</dd>
    </dl>
    ${report && finding.marks.length > 1 ? placesView(finding, state, actions) : ""}
    ${isArriving ? html`<p class="dim">Still arriving; this may change.</p>` : actionsView(finding, state, actions)}
    ${comment && state.findings.commenting?.key !== key ? html`<p class="comment">${comment}</p>` : ""}
  </div>`;
}

function placesView(finding: Finding, state: State, actions: Actions): TemplateResult {
  const report = reportOf(state.view);
  if (!report) return html``;
  return html`<details class="places">
    <summary>${finding.marks.length} places</summary>
    ${marksOfFinding(finding.marks, report, state, actions)}
  </details>`;
}

function cropView({ box, title }: Finding, { picture }: State): TemplateResult {
  if (!box || !picture) return html``;
  const { width, height } = cropSize;
  const mostScale = twice / devicePixelRatio;
  const view = viewAround(box, width, height, mostScale);
  const place = {
    left: `${((box.x - view.x) / view.width) * 100}%`,
    top: `${((box.y - view.y) / view.height) * 100}%`,
    width: `${(box.width / view.width) * 100}%`,
    height: `${(box.height / view.height) * 100}%`,
  };
  return html`<div class="crop">
    <canvas role="img" aria-label="Enlarged: ${title}" ${crop({ picture, box, width, height, mostScale })}></canvas>
    <span class="outline" ${styled(place)}></span>
  </div>`;
}

function actionsView(finding: Finding, state: State, actions: Actions): TemplateResult {
  const { key, comment = "" } = finding;
  const { commenting } = state.findings;
  const { act, update } = actions;
  const setCommenting = (value: typeof commenting) =>
    update({ findings: { ...actions.state().findings, commenting: value } });
  if (commenting?.key === key) {
    const save = () => {
      act({ action: "comment", key, comment: commenting.text });
      setCommenting(undefined);
    };
    return html`<div class="commenting">
      <label>
        Comment
        <textarea
          rows="2"
          maxlength="2000"
          .value=${commenting.text}
          @input=${(event: Event) =>
            event.target instanceof HTMLTextAreaElement && setCommenting({ key, text: event.target.value })}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === "Escape") setCommenting(undefined);
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
          }}
        ></textarea>
      </label>
      <div class="actions">
        <button class="button" @click=${save}>Save Comment</button>
        <button class="button secondary" @click=${() => setCommenting(undefined)}>Cancel</button>
      </div>
    </div>`;
  }
  const copyCrop = async (event: Event) => {
    const item = event.currentTarget instanceof Element ? event.currentTarget.closest(".body") : null;
    const canvas = item?.querySelector<HTMLCanvasElement>(".crop canvas");
    if (canvas) actions.send({ type: "pictureCopied", ok: await copyPng(pngOf(canvas)) });
  };
  return html`<div class="actions">
    ${decisionView(finding, state, actions)}
    ${
      state.findings.dismissing === key
        ? ""
        : html`<button class="button secondary" title="Comment (C)" @click=${() => setCommenting({ key, text: comment })}>
              ${comment ? "Edit Comment" : "Comment"}
            </button>
            <button class="button secondary" @click=${() => act({ action: "copy", keys: [key] })}>Copy</button>
            ${finding.box ? html`<button class="button secondary" @click=${copyCrop}>Copy Crop</button>` : ""}
            <button class="button secondary" @click=${() => act({ action: "issue", keys: [key] })}>Create Issue</button>
            <button class="button secondary" @click=${() => act({ action: "findInFiles", key })}>Find in Files</button>`
    }
  </div>`;
}
