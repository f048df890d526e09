/** The first of 6,400 characters that Unicode gives no meaning; our emitters write them as entities. */
const firstPrivate = 0xe000;

/**
 * Mermaid shows the entities of labels as they are (`#123;`) when labels are SVG text instead of HTML, which is
 * how the panel draws. So each is replaced by one private character before drawing, and by its own afterwards.
 */
export function withoutEntities(text: string): { text: string; reveal: (drawing: Element) => void } {
  const points: number[] = [];
  const plain = text.replace(/#(\d{1,7});/g, (entity, code: string) => {
    const point = Number(code);
    if (point > 0x10ffff) return entity;
    if (!points.includes(point)) points.push(point);
    return String.fromCharCode(firstPrivate + points.indexOf(point));
  });
  const reveal = (drawing: Element) => {
    const nodes = drawing.ownerDocument.createTreeWalker(drawing, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      node.nodeValue = (node.nodeValue ?? "").replace(/[\ue000-\uf8ff]/g, (character) => {
        const point = points[character.charCodeAt(0) - firstPrivate];
        return point === undefined ? character : String.fromCodePoint(point);
      });
    }
  };
  return { text: plain, reveal };
}
