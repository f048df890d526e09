import type { DateStyle, NumberStyle, ValueType } from "../../../src/workflows/extract/schema.js";
import { randomFrom } from "../../support/knownGraphs.js";

/** A value as it is printed. */
export interface PrintedValue {
  path: string;
  text: string;
  type: ValueType;
}

/** A list as it is printed. */
export interface PrintedTable {
  path: string;
  columns: Array<{ name: string; type: ValueType }>;
  rows: string[][];
  isEstimated: boolean;
}

/** A document that is drawn from known data: each value's element says `data-path`, each cell's too. */
export interface KnownDocument {
  name: string;
  kind: "receipt" | "invoice" | "form" | "table" | "chart";
  html: string;
  numbers: NumberStyle;
  dates: DateStyle;
  values: PrintedValue[];
  tables: PrintedTable[];
}

interface Language {
  numbers: NumberStyle;
  dates: DateStyle;
  locale: string;
  words: Record<string, string>;
  goods: string[];
  names: string[];
  currency: string;
}

const languages: readonly Language[] = [
  {
    numbers: "1,234.56",
    dates: "month first",
    locale: "en-US",
    currency: "$",
    words: {
      receipt: "Receipt",
      invoice: "Invoice",
      number: "Invoice no.",
      date: "Date",
      item: "Description",
      quantity: "Qty",
      price: "Unit price",
      amount: "Amount",
      subtotal: "Subtotal",
      tax: "Sales tax",
      total: "Total",
      customer: "Bill to",
      name: "Full name",
      city: "City",
      phone: "Phone",
      newsletter: "Newsletter",
      month: "Month",
    },
    goods: [
      "Espresso",
      "Oat milk latte",
      "Trail jacket",
      "Wool socks",
      "Steel bottle",
      "Notebook A5",
      "USB-C cable",
      "Desk lamp",
      "Walnut shelf",
      "Rain cover",
    ],
    names: [
      "Harbor Supply Co.",
      "Northwind Traders",
      "Maple & Sons",
      "Clara Whitfield",
      "Owen Marsh",
      "Rivera Outdoor",
    ],
  },
  {
    numbers: "1.234,56",
    dates: "day first",
    locale: "de-DE",
    currency: "€",
    words: {
      receipt: "Quittung",
      invoice: "Rechnung",
      number: "Rechnungsnr.",
      date: "Datum",
      item: "Bezeichnung",
      quantity: "Menge",
      price: "Einzelpreis",
      amount: "Betrag",
      subtotal: "Zwischensumme",
      tax: "MwSt.",
      total: "Gesamt",
      customer: "Kunde",
      name: "Name",
      city: "Ort",
      phone: "Telefon",
      newsletter: "Rundbrief",
      month: "Monat",
    },
    goods: [
      "Kaffee",
      "Apfelkuchen",
      "Wanderjacke",
      "Wollsocken",
      "Trinkflasche",
      "Notizbuch",
      "Schreibtisch",
      "Lampe",
      "Regal",
      "Fahrradhelm",
    ],
    names: [
      "Hafen Handel GmbH",
      "Nordlicht AG",
      "Berger und Sohn",
      "Clara Weber",
      "Otto Lindner",
      "Seidel Reisen",
    ],
  },
  {
    numbers: "1 234,56",
    dates: "day first",
    locale: "fr-FR",
    currency: "€",
    words: {
      receipt: "Ticket",
      invoice: "Facture",
      number: "Facture no",
      date: "Date",
      item: "Designation",
      quantity: "Quantite",
      price: "Prix",
      amount: "Montant",
      subtotal: "Sous-total",
      tax: "TVA",
      total: "Total",
      customer: "Client",
      name: "Nom",
      city: "Ville",
      phone: "Telephone",
      newsletter: "Lettre",
      month: "Mois",
    },
    goods: [
      "Croissant",
      "Cafe noir",
      "Veste",
      "Chaussettes",
      "Bouteille",
      "Carnet",
      "Lampe",
      "Etagere",
      "Cable",
      "Parapluie",
    ],
    names: [
      "Maison Laurent",
      "Dupont et Fils",
      "Claire Moreau",
      "Hugo Lambert",
      "Atelier Nord",
      "Voyages Martin",
    ],
  },
];

const fonts = [
  "Arial, Liberation Sans, sans-serif",
  "Times New Roman, Liberation Serif, serif",
  "Courier New, Liberation Mono, monospace",
  "DejaVu Sans, sans-serif",
];

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const cell = (path: string, text: string, tag = "span") =>
  `<${tag}><span data-path="${path}">${escaped(text)}</span></${tag}>`;

/** Sixty documents, the same for the same seed. */
export function knownDocuments(first: number): KnownDocument[] {
  const counts = { receipt: 15, invoice: 15, form: 9, table: 9, chart: 12 } as const;
  let seed = first;
  return (["receipt", "invoice", "form", "table", "chart"] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, index) => draw(kind, index, randomFrom(seed++))),
  );
}

function draw(kind: KnownDocument["kind"], index: number, random: () => number): KnownDocument {
  const language = languages[index % languages.length] ?? languages[0];
  if (!language) throw new Error("There are languages");
  const maker = makers[kind](language, random, index);
  const font = fonts[Math.floor(random() * fonts.length)];
  const size = 13 + Math.floor(random() * 6);
  const html = `<meta charset="utf-8"><style>
    body{margin:0;padding:24px;background:#fff;color:#1b1b1b;font:${size}px ${font};width:${kind === "receipt" ? 420 : 760}px}
    table{border-collapse:collapse;width:100%;margin:12px 0}td,th{padding:4px 8px;text-align:left}
    ${kind === "table" || kind === "form" ? "td,th{border:1px solid #888}" : ""}
    .right{text-align:right}.line{display:flex;justify-content:space-between;margin:4px 0}</style>${maker.html}`;
  return {
    name: `${kind}-${index + 1}`,
    kind,
    numbers: language.numbers,
    dates: language.dates,
    ...maker,
    html,
  };
}

type Made = Pick<KnownDocument, "values" | "tables" | "html">;
type Maker = (language: Language, random: () => number, index: number) => Made;

const pick = <T>(list: readonly T[], random: () => number): T => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error("Nothing to pick from");
  return one;
};

const amount = ({ locale }: Language, value: number) =>
  value
    .toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
    .replace(/[\u202f\u00a0]/g, " ");

const dateIn = ({ dates }: Language, random: () => number) => {
  const [day, month] = [1 + Math.floor(random() * 28), 1 + Math.floor(random() * 12)].map((n) =>
    String(n).padStart(2, "0"),
  );
  return dates === "month first" ? `${month}/${day}/2026` : `${day}.${month}.2026`;
};

function bill(isInvoice: boolean): Maker {
  return (language, random) => {
    const { words, currency } = language;
    const items = Array.from({ length: 3 + Math.floor(random() * (isInvoice ? 8 : 4)) }, () => {
      const [quantity, price] = [1 + Math.floor(random() * 5), Math.floor(random() * 30000 + 150) / 100];
      return {
        name: pick(language.goods, random),
        quantity,
        price,
        amount: Math.round(quantity * price * 100) / 100,
      };
    });
    const subtotal = Math.round(items.reduce((sum, one) => sum + one.amount, 0) * 100) / 100;
    const tax = Math.round(subtotal * 19) / 100;
    const values: PrintedValue[] = [
      { path: "/seller/name", text: pick(language.names, random), type: "text" },
      { path: "/date", text: dateIn(language, random), type: "date" },
      ...(isInvoice
        ? [
            {
              path: "/invoiceNumber",
              text: `${2026}-${String(Math.floor(random() * 90000) + 10000)}`,
              type: "text" as const,
            },
            { path: "/customer", text: pick(language.names, random), type: "text" as const },
          ]
        : []),
      { path: "/subtotal", text: `${amount(language, subtotal)} ${currency}`, type: "number" },
      { path: "/tax", text: `${amount(language, tax)} ${currency}`, type: "number" },
      {
        path: "/total",
        text: `${amount(language, Math.round((subtotal + tax) * 100) / 100)} ${currency}`,
        type: "number",
      },
    ];
    const rows = items.map((one) => [
      one.name,
      String(one.quantity),
      amount(language, one.price),
      amount(language, one.amount),
    ]);
    const names = ["description", "quantity", "unitPrice", "amount"];
    const text = (path: string) => values.find((one) => one.path === path)?.text ?? "";
    const line = (label: string, path: string) =>
      `<div class="line"><span>${label}</span>${cell(path, text(path))}</div>`;
    return {
      values,
      tables: [
        {
          path: "/items",
          columns: names.map((name, index) => ({ name, type: index === 0 ? "text" : "number" })),
          rows,
          isEstimated: false,
        },
      ],
      html: `<h2>${cell("/seller/name", text("/seller/name"))}</h2><p>${isInvoice ? words.invoice : words.receipt}</p>
        ${isInvoice ? line(words.number ?? "", "/invoiceNumber") + line(words.customer ?? "", "/customer") : ""}${line(words.date ?? "", "/date")}
        <table><tr>${[words.item, words.quantity, words.price, words.amount].map((name, index) => `<th class="${index > 0 ? "right" : ""}">${name}</th>`).join("")}</tr>
        ${rows.map((row, number) => `<tr>${row.map((value, index) => `<td class="${index > 0 ? "right" : ""}"><span data-path="/items/${number}/${names[index]}">${escaped(value)}</span></td>`).join("")}</tr>`).join("")}</table>
        ${line(words.subtotal ?? "", "/subtotal")}${line(`${words.tax} 19 %`, "/tax")}${line(words.total ?? "", "/total")}`,
    };
  };
}

const form: Maker = (language, random) => {
  const { words } = language;
  const values: PrintedValue[] = [
    { path: "/name", text: pick(language.names, random), type: "text" },
    {
      path: "/city",
      text: pick(["Springfield", "Hamburg", "Lyon", "Portland", "Bremen", "Nantes"], random),
      type: "text",
    },
    {
      path: "/phone",
      text: `0${Math.floor(random() * 900 + 100)} ${Math.floor(random() * 900000 + 100000)}`,
      type: "text",
    },
    { path: "/date", text: dateIn(language, random), type: "date" },
    { path: "/total", text: amount(language, random() * 5000), type: "number" },
  ];
  const labels = [words.name, words.city, words.phone, words.date, words.total];
  return {
    values,
    tables: [],
    html: `<h2>${words.customer}</h2><table>${values.map(({ path, text }, index) => `<tr><td>${labels[index]}</td>${cell(path, text, "td")}</tr>`).join("")}</table>`,
  };
};

const grid: Maker = (language, random) => {
  const columns = ["region", "first", "second", "third"];
  const rows = Array.from({ length: 6 + Math.floor(random() * 8) }, () => [
    pick(language.goods, random),
    ...columns.slice(1).map(() => amount(language, random() * 20000)),
  ]);
  // Two rows that belong together have one cell across both; it is repeated in the data.
  const [first = [], second = []] = rows;
  rows[1] = [first[0] ?? "", ...second.slice(1)];
  const td = (row: number, column: number, more = "") =>
    `<td${more}><span data-path="/rows/${row}/${columns[column]}">${escaped(rows[row]?.[column] ?? "")}</span></td>`;
  return {
    values: [],
    tables: [
      {
        path: "/rows",
        columns: columns.map((name, index) => ({ name, type: index === 0 ? "text" : "number" })),
        rows,
        isEstimated: false,
      },
    ],
    html: `<table><tr>${columns.map((name) => `<th>${name}</th>`).join("")}</tr>${rows
      .map(
        (_, row) =>
          `<tr>${row === 1 ? "" : td(row, 0, row === 0 ? ' rowspan="2"' : "")}${[1, 2, 3].map((column) => td(row, column)).join("")}</tr>`,
      )
      .join("")}</table>`,
  };
};

/** Six kinds: bars and columns with and without printed values, lines, and a pie with its shares. */
const chart: Maker = (language, random, index) => {
  const style = index % 6;
  const isPrinted = style === 0 || style === 2 || style === 5;
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"];
  const numbers = names.map(() => Math.round(random() * 900 + 80) / 10);
  const texts = numbers.map((value) =>
    value.toLocaleString(language.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  );
  const [width, height] = [700, 400];
  const y = (value: number) => 350 - value * 3;
  const label = (x: number, top: number, text: string, path: string) =>
    `<text x="${x}" y="${top}" text-anchor="middle" data-path="${path}">${text}</text>`;
  const drawn = numbers.map((value, at) => {
    const x = 90 + at * 100;
    const named = label(x, 375, names[at] ?? "", `/series/${at}/category`);
    const printed = isPrinted ? label(x, y(value) - 8, texts[at] ?? "", `/series/${at}/value`) : "";
    const shape =
      style === 3 || style === 4
        ? `<circle cx="${x}" cy="${y(value)}" r="5" fill="#26c"/>${at > 0 ? `<line x1="${x - 100}" y1="${y(numbers[at - 1] ?? 0)}" x2="${x}" y2="${y(value)}" stroke="#26c" stroke-width="2"/>` : ""}`
        : `<rect x="${x - 30}" y="${y(value)}" width="60" height="${value * 3}" fill="${style === 5 ? "#a62" : "#26c"}"/>`;
    return shape + named + printed;
  });
  const axis = [0, 20, 40, 60, 80, 100].map(
    (value) =>
      `<line x1="50" x2="680" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/><text x="44" y="${y(value) + 5}" text-anchor="end">${value}</text>`,
  );
  return {
    values: [{ path: "/title", text: pick(language.goods, random), type: "text" }].map((one) => ({
      ...one,
      type: "text" as const,
    })),
    tables: [
      {
        path: "/series",
        columns: [
          { name: "category", type: "text" },
          { name: "value", type: "number" },
        ],
        rows: names.map((name, at) => [name, texts[at] ?? ""]),
        isEstimated: !isPrinted,
      },
    ],
    html: `<h3>TITLE</h3><svg width="${width}" height="${height}">${axis.join("")}${drawn.join("")}</svg>`,
  };
};

const makers: Record<KnownDocument["kind"], Maker> = {
  receipt: bill(false),
  invoice: bill(true),
  form,
  table: grid,
  chart: (language, random, index) => {
    const made = chart(language, random, index);
    const [title] = made.values;
    return { ...made, html: made.html.replace("TITLE", cell("/title", title?.text ?? "")) };
  },
};
