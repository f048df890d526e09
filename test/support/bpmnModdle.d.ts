declare module "bpmn-moddle" {
  /** Reads and writes BPMN 2.0 XML. The package has no types of its own. */
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: Array<{ message: string }> }>;
  }
}
