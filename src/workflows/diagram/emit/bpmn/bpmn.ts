import type { Graph } from "../../schema.js";
import type { EmitOptions, Emitted } from "../emitted.js";
import { labelLines, withoutWraps } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { element, xmlRows } from "../xml.js";
import { drawingOf } from "./drawing.js";
import { modelOf } from "./model.js";
import { semanticsOf } from "./semantics.js";

/**
 * Writes BPMN 2.0 XML with its drawing: what is where as in the picture. Ids are made of letters and digits alone, and
 * labels are attributes, so that no text of the picture can become an element.
 *
 * @see https://www.omg.org/spec/BPMN/2.0.2
 */
export function emitBpmn(answer: Graph, { earlierNames, keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  warnOfRemarks(graph, "BPMN", ["event", "ring", "gateway", "subroutine", "colour"], warnings);
  const model = modelOf(graph, earlierNames, warnings);
  const title = labelLines(graph.title).join(" ");
  const file = element(
    "bpmn:definitions",
    {
      "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
      "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
      "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
      "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
      "xmlns:color": "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
      id: "Definitions_1",
      name: title === "" ? undefined : title,
      targetNamespace: "http://bpmn.io/schema/bpmn",
      exporter: "Screenshot Workbench",
    },
    [...semanticsOf(model), drawingOf(model, warnings)],
  );
  const rows = ['<?xml version="1.0" encoding="UTF-8"?>', ...xmlRows(file)];
  return { text: `${rows.join("\n")}\n`, warnings };
}
