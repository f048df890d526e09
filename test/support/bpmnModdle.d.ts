/** The package's own types cover its elements, not its entry: this is what is used of it. */
declare module "bpmn-moddle" {
  export interface BpmnElement {
    $type: string;
    id: string;
    name?: string;
    text?: string;
    rootElements?: BpmnElement[];
    participants?: BpmnElement[];
    messageFlows?: BpmnElement[];
    laneSets?: BpmnElement[];
    lanes?: BpmnElement[];
    childLaneSet?: BpmnElement;
    flowNodeRef?: BpmnElement[];
    flowElements?: BpmnElement[];
    artifacts?: BpmnElement[];
    processRef?: BpmnElement;
    eventDefinitions?: BpmnElement[];
    dataInputAssociations?: BpmnElement[];
    dataOutputAssociations?: BpmnElement[];
    /** One for a flow, a list for a data association. */
    sourceRef?: BpmnElement | BpmnElement[];
    targetRef?: BpmnElement | BpmnElement[];
    diagrams?: BpmnElement[];
    plane?: BpmnElement;
    planeElement?: BpmnElement[];
    bpmnElement?: BpmnElement;
    bounds?: { x: number; y: number; width: number; height: number };
  }
  export class BpmnModdle {
    fromXML(xml: string): Promise<{ rootElement: BpmnElement; warnings: Array<{ message: string }> }>;
  }
}
