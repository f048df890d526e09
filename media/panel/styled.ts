import { nothing } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** Sets styles through the object model: the panel's security policy forbids style attributes. */
class Styled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("styled() belongs on an element");
  }

  override render(_styles: Partial<Record<string, string>>): unknown {
    return nothing;
  }

  override update(part: ElementPart, [styles]: [Partial<Record<string, string>>]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles)) style.setProperty(name, value ?? "");
    return nothing;
  }
}

export const styled = directive(Styled);
