import { floors, packages } from "./floors.js";

/** Linter rules that forbid, floor by floor, what the house test proves to be absent: an editor shows them at once. */
export function importRules(): object[] {
  const rules = floors.flatMap((rooms, floor) =>
    rooms.flatMap((room) => {
      const above = floors.slice(floor + 1).flat();
      const beside = floor === 0 ? [] : rooms.filter((other) => other !== room);
      return ruleFor(room, [...above, ...beside]);
    }),
  );
  const pages = floors.flat().filter((room) => room !== "src/protocol/" && room !== "src/report.ts");
  return [...rules, ...ruleFor("media/", pages)];
}

function ruleFor(room: string, forbiddenRooms: readonly string[]): object[] {
  const forbiddenPackages = Object.entries(packages).flatMap(([name, places]) =>
    places.some((place) => place.startsWith(room)) ? [] : [name, `${name}/**`],
  );
  const patterns = [
    {
      group: forbiddenRooms.map(importPattern),
      message: "A file imports only what stands on a floor below its own: see test/support/floors.ts.",
    },
    {
      group: forbiddenPackages,
      message: "This package belongs to another folder: see test/support/floors.ts.",
    },
  ].filter(({ group }) => group.length > 0);
  if (patterns.length === 0) return [];
  return [
    {
      includes: [room.endsWith("/") ? `${room}**` : room],
      linter: {
        rules: { style: { noRestrictedImports: { level: "error", options: { patterns } } } },
      },
    },
  ];
}

/** How an import of the room looks from anywhere. */
const importPattern = (room: string): string =>
  room.endsWith("/")
    ? `**/${room.replace("src/", "")}**`
    : `**/${room.replace("src/", "").replace(/ts$/, "js")}`;
