import type { ChangeKind } from "../../../src/measure/compare/comparison.js";

export const strengths = ["weak", "medium", "strong"] as const;
export type Strength = (typeof strengths)[number];

/** What one rule changes, by the kinds that it may rightly be called. */
export const kindsOf = {
  ink: ["recoloured"],
  ground: ["recoloured"],
  size: ["restyled"],
  weight: ["restyled"],
  padding: ["resized"],
  margin: ["shifted"],
  radius: ["restyled"],
  border: ["restyled", "recoloured", "resized"],
  opacity: ["recoloured"],
  shadow: ["restyled", "recoloured"],
  order: ["moved"],
  text: ["retexted"],
  image: ["imageChanged", "recoloured"],
  removal: ["removed"],
  insertion: ["added"],
  alignment: ["moved"],
  icon: ["imageChanged", "restyled"],
} satisfies Record<string, ChangeKind[]>;
export type Rule = keyof typeof kindsOf;
export const rules = Object.keys(kindsOf).filter((rule): rule is Rule => rule in kindsOf);

/** CSS pixels of the page. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where one change is; either may be missing. Several say what else would be right. */
export interface Truth {
  before: Place | undefined;
  after: Place | undefined;
}

/**
 * Changes one element of the page that it is run in.
 *
 * @param seed which of the elements that fit
 * @returns the element's place before and after; undefined where nothing fits
 */
export function changePage({
  rule,
  strength,
  seed,
}: {
  rule: Rule;
  strength: 0 | 1 | 2;
  seed: number;
}): Truth[] | undefined {
  const place = (rect: DOMRect): Place => ({
    x: rect.left + window.scrollX,
    y: rect.top + window.scrollY,
    width: rect.width,
    height: rect.height,
  });
  const boxOf = (element: Element) => place(element.getBoundingClientRect());
  const textOf = (element: Element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return place(range.getBoundingClientRect());
  };
  // What has a ground or a border of its own is seen as a whole, other text is not.
  const seenOf = (element: Element) => {
    const { backgroundColor, borderTopWidth } = getComputedStyle(element);
    const isBox = backgroundColor !== "rgba(0, 0, 0, 0)" || borderTopWidth !== "0px";
    return isBox ? boxOf(element) : textOf(element);
  };
  const all = (selector: string) =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 4 && height > 4;
    });
  const pick = (elements: HTMLElement[]) =>
    elements[(seed * 7 + strength * 3) % Math.max(1, elements.length)];
  const by = <T>(...values: [T, T, T]): T => values[strength];
  const texts = () => all("[data-text]");
  const boxes = () => all("[data-box]");
  const items = () =>
    all("[data-item]").filter(
      ({ parentElement }) => (parentElement?.querySelectorAll(":scope > [data-item]").length ?? 0) > 1,
    );
  const mixed = (from: string, to: string, part: number) =>
    `color-mix(in srgb, ${to} ${part * 100}%, ${from})`;
  const styled = (
    element: HTMLElement | undefined,
    where: (element: Element) => Place,
    change: (style: CSSStyleDeclaration, now: CSSStyleDeclaration) => void,
  ) => {
    if (!element) return undefined;
    const before = where(element);
    const holders = [element, element.parentElement, element.parentElement?.parentElement].filter(
      (one) => one instanceof HTMLElement && one !== document.body,
    );
    const held = holders.map((one) => (one ? boxOf(one) : before));
    change(element.style, getComputedStyle(element));
    const truths: Truth[] = [{ before, after: where(element) }];
    // What holds it, and grew or shrank with it, is as right.
    for (const [index, holder] of holders.entries()) {
      const [was, is] = [held[index], holder ? boxOf(holder) : undefined];
      if (was && is && (Math.abs(was.width - is.width) > 0.5 || Math.abs(was.height - is.height) > 0.5))
        truths.push({ before: was, after: is });
    }
    return truths;
  };
  const grown = ({ x, y, width, height }: Place, by: number): Place => ({
    x: x - by,
    y: y - by,
    width: width + 2 * by,
    height: height + 2 * by,
  });
  switch (rule) {
    case "ink":
      return styled(pick(texts()), textOf, (style, now) => {
        style.color = mixed(now.color, by("#d04020", "#c02060", "#e02020"), by(0.12, 0.4, 0.9));
      });
    case "ground":
      return styled(pick(boxes()), boxOf, (style, now) => {
        const from = now.backgroundColor === "rgba(0, 0, 0, 0)" ? "white" : now.backgroundColor;
        const [red = 0, green = 0, blue = 0] = (now.backgroundColor.match(/[0-9.]+/g) ?? []).map(Number);
        // A tint that can just be seen has to go the way that is open to it.
        const faint = from !== "white" && red + green + blue < 300 ? "white" : "black";
        style.backgroundColor = mixed(from, by(faint, "#c08020", "#208060"), by(0.04, 0.15, 0.6));
      });
    case "size":
      return styled(
        pick(texts().filter(({ childElementCount }) => childElementCount === 0)),
        textOf,
        (style, now) => {
          style.fontSize = `${Number.parseFloat(now.fontSize) + by(1, 2, 5)}px`;
        },
      );
    case "weight": {
      const fitting = texts().filter((element) => Number(getComputedStyle(element).fontWeight) < 600);
      return styled(pick(fitting), textOf, (style, now) => {
        const isInter = now.fontFamily.startsWith("Inter");
        style.fontWeight = isInter ? String(Number(now.fontWeight) + by(100, 200, 300)) : "700";
      });
    }
    case "padding":
      return styled(pick(boxes()), boxOf, (style, now) => {
        style.paddingTop = `${Number.parseFloat(now.paddingTop) + by(2, 6, 14)}px`;
        style.paddingBottom = `${Number.parseFloat(now.paddingBottom) + by(2, 6, 14)}px`;
      });
    case "margin":
      return styled(pick(items()), boxOf, (style, now) => {
        style.marginTop = `${Number.parseFloat(now.marginTop) + by(4, 10, 24)}px`;
      });
    case "radius":
      return styled(pick(boxes()), boxOf, (style, now) => {
        const radius = Number.parseFloat(now.borderTopLeftRadius) || 0;
        style.borderRadius = `${radius > 11 ? radius - by(3, 6, 11) : radius + by(3, 6, 14)}px`;
      });
    case "border":
      return styled(pick(boxes()), boxOf, (style, now) => {
        const isThere = Number.parseFloat(now.borderTopWidth) > 0;
        const from = isThere ? now.borderTopColor : "#888888";
        style.outline = `${by(1, 2, 3)}px solid ${mixed(from, "#2050c0", by(0.25, 0.6, 1))}`;
        style.outlineOffset = `-${by(1, 2, 3)}px`;
      });
    case "opacity":
      return styled(pick(boxes().filter(({ textContent }) => textContent !== "")), boxOf, (style) => {
        style.opacity = by("0.9", "0.7", "0.4");
      });
    case "shadow": {
      const spread = by(3, 8, 18);
      const where = (element: Element) => grown(boxOf(element), spread / 2);
      return styled(pick(boxes()), where, (style) => {
        style.boxShadow = `0 ${by(1, 3, 8)}px ${spread}px rgba(0,0,0,${by(0.22, 0.35, 0.5)})`;
      });
    }
    case "order": {
      const item = pick(items());
      const parent = item?.parentElement;
      if (!item || !parent) return undefined;
      const siblings = [...parent.querySelectorAll<HTMLElement>(":scope > [data-item]")];
      const from = siblings.indexOf(item);
      const steps = Math.min(by(1, 2, 3), siblings.length - 1);
      const other = siblings[from + steps] ?? siblings[from - steps];
      if (!other) return undefined;
      const involved = [...siblings].slice(
        Math.min(from, siblings.indexOf(other)),
        Math.max(from, siblings.indexOf(other)) + 1,
      );
      const around = (where: (element: Element) => Place) => {
        const rects = involved.map(where);
        const x = Math.min(...rects.map((rect) => rect.x));
        const y = Math.min(...rects.map((rect) => rect.y));
        return {
          x,
          y,
          width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x,
          height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y,
        };
      };
      const places = () => [
        boxOf(item),
        boxOf(other),
        around(boxOf),
        textOf(item),
        textOf(other),
        around(textOf),
      ];
      const before = places();
      if (siblings.indexOf(other) > from) other.after(item);
      else other.before(item);
      const after = places();
      // Of two neighbours that changed places, either has moved.
      return before.map((box, index) => ({ before: box, after: after[index] }));
    }
    case "text": {
      const element = pick(texts().filter((one) => one.childElementCount === 0));
      if (!element) return undefined;
      const before = textOf(element);
      const words = (element.textContent ?? "").split(" ");
      const swapped = (word: string) =>
        word.replace(/[a-z0-9]/i, (letter) =>
          letter === "8" ? "3" : letter === "W" ? "M" : /[0-9]/.test(letter) ? "8" : "W",
        );
      if (strength === 0) words[words.length - 1] = swapped(words[words.length - 1] ?? "");
      else if (strength === 1) words[words.length - 1] = "amber";
      element.textContent = strength === 2 ? [...words].reverse().join(" ").toUpperCase() : words.join(" ");
      const after = textOf(element);
      // The word that changed would be right, as well as the whole text.
      const part = document.createRange();
      const node = element.firstChild;
      const text = element.textContent;
      const start = text.lastIndexOf(" ") + 1;
      if (!node || strength === 2) return [{ before, after }];
      part.setStart(node, start);
      part.setEnd(node, text.length);
      const word = place(part.getBoundingClientRect());
      return [
        { before, after },
        { before: { ...word, width: word.width + before.width - after.width }, after: word },
        { before: word, after: word },
      ];
    }
    case "image": {
      const image = pick(all("[data-image]"));
      if (!image) return undefined;
      const before = boxOf(image);
      if (strength === 0) image.style.filter = "hue-rotate(25deg) brightness(0.93)";
      else if (strength === 1) image.style.transform = "scaleX(-1)";
      else
        image.innerHTML = `<rect width="2000" height="900" fill="#234"/><circle cx="120" cy="80" r="60" fill="#fa5"/><path d="M0 200L200 60 420 190 800 20V900H0z" fill="#496"/>`;
      return [{ before, after: boxOf(image) }];
    }
    case "removal": {
      const item = pick(all("[data-item]"));
      if (!item) return undefined;
      // What can be seen of it may be its text alone.
      const seen = [boxOf(item), textOf(item)];
      item.remove();
      return seen.map((before) => ({ before, after: undefined }));
    }
    case "insertion": {
      const item = pick(items());
      if (!item) return undefined;
      const made = item.cloneNode(true);
      if (!(made instanceof HTMLElement)) return undefined;
      const walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (node.textContent?.trim()) node.textContent = `Extra ${node.textContent.slice(0, 9)}`;
      item.after(made);
      return [
        { before: undefined, after: boxOf(made) },
        { before: undefined, after: textOf(made) },
      ];
    }
    case "alignment":
      return styled(pick(texts().filter((element) => element.childElementCount === 0)), seenOf, (style) => {
        style.position = "relative";
        style.left = by("5px", "12px", "30px");
      });
    case "icon": {
      const icon = pick(all("[data-icon]"));
      if (!icon) return undefined;
      const before = boxOf(icon);
      if (strength === 0) icon.setAttribute("stroke-width", "3");
      else
        icon.innerHTML =
          strength === 1
            ? `<path d="M4 12h16M12 4v16M6 6l12 12"/>`
            : `<path d="M3 5h18v14H3zM3 5l9 8 9-8" fill="currentColor"/>`;
      return [{ before, after: boxOf(icon) }];
    }
  }
}
