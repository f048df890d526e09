import type { Half } from "../packages.js";
import type { FieldPage } from "../pages.js";

/** Looks of the page that defects are put into, so that finding them does not rest on one. */
const looks: Record<string, { half: Half; css: string }> = {
  bordered: {
    half: "tuning",
    css: "body{background:#fff;color:#24292f;font:14px/1.5 'Liberation Sans'} .card,.tile,input{border:1px solid #d0d7de;border-radius:6px} button{background:#f6f8fa;border:1px solid #9aa4ae;border-radius:6px} .tag{background:#ddf4ff;color:#0550ae;border-radius:10px} th,td{border-bottom:1px solid #d0d7de}",
  },
  filled: {
    half: "tuning",
    css: "body{background:#eceff4;color:#2e3440;font:15px/1.6 'DejaVu Sans'} .card,.tile{background:#fff} input{border:0;background:#fff;border-bottom:2px solid #81a1c1} button{background:#5e81ac;color:#fff;border:0} .tag{background:#a3be8c;color:#1d2b10} tr:nth-child(even) td{background:#e0e5ee}",
  },
  dark: {
    half: "tuning",
    css: "body{background:#16181d;color:#d7dbe0;font:13px/1.4 'DejaVu Sans'} .card,.tile{background:#22262e;border:1px solid #39404c} input{background:#0f1115;color:#ddd;border:1px solid #555e6c} button{background:#2f6feb;color:#fff;border:0;border-radius:4px} .tag{border:1px solid #7d8590;border-radius:3px}",
  },
  serif: {
    half: "heldOut",
    css: "body{background:#fdfaf3;color:#33291d;font:16px/1.5 'Liberation Serif'} .card,.tile{border:2px solid #c9b79c} input{border:1px solid #8d7b62;background:#fff} button{background:#8d5524;color:#fff7ea;border:0} .tag{background:#e8dcc6} th,td{border-bottom:1px dotted #8d7b62}",
  },
  round: {
    half: "heldOut",
    css: "body{background:#f4f1fb;color:#221a35;font:14px/1.5 Inter,sans-serif} .card,.tile{background:#fff;border-radius:14px} input{border:1px solid #b9aede;border-radius:20px} button{background:#6d4aff;color:#fff;border:0;border-radius:20px} .tag{background:#ffe3ef;color:#8c1046;border-radius:12px} tr td{border-top:1px solid #ded6f3}",
  },
  contrast: {
    half: "heldOut",
    css: "body{background:#000;color:#fff;font:15px/1.45 Roboto,sans-serif} .card,.tile,input{border:1px solid #fff;background:#000;color:#fff} button{background:#ffd60a;color:#000;border:0} .tag{background:#444;color:#fff} th,td{border-bottom:1px solid #888}",
  },
};

const layout =
  "*{box-sizing:border-box} body{margin:24px;width:1180px} h1{font-size:26px;margin:0 0 12px} .row{display:flex;gap:16px;margin-bottom:18px;align-items:flex-start} .tile{width:180px;height:84px;padding:12px} .tile b{display:block;font-size:22px;line-height:28px} .card{flex:1;min-width:0;padding:16px} .card p{margin:0 0 8px} button{height:36px;width:112px;padding:0 8px;font:inherit} input{display:block;height:36px;width:320px;padding:0 10px;font:inherit;margin-bottom:10px} .tag{display:inline-block;padding:2px 9px;font-size:12px;line-height:16px} table{border-collapse:collapse;width:560px} th,td{text-align:left;padding:6px 10px} .list{width:430px;padding:0} .item{padding:9px 14px} .item p{margin:0 0 4px} .item small{display:block} .side{width:210px} .plan{width:150px;height:64px;padding:8px 10px}";

const tile = (name: string, value: string) =>
  `<div class="tile" data-can="misaligned nearlyEqual"><span>${name}</span><b>${value}</b></div>`;
const card = (title: string, text: string, more: string) =>
  `<div class="card"><h3 style="margin:0 0 8px;font-size:17px"><span data-can="occluded protruding">${title}</span></h3><p data-can="overlapping">${text}</p><p>${more}</p><button data-can="clipped"><span>Open plan</span></button> <span class="tag" data-can="clipped"><span>in progress</span></span></div>`;
const line = (cells: string[]) =>
  `<tr>${cells.map((cell) => `<td><span data-can="occluded">${cell}</span></td>`).join("")}</tr>`;

const workshop = `<h1>Workshop planning</h1>
<div class="row">${tile("Open orders", "38")}${tile("In the kiln", "112")}${tile("Waiting", "7")}${tile("Shipped", "1,904")}${tile("Returned", "3")}</div>
<div class="row">${["Refresh", "Print list", "Export", "Assign", "Archive", "History", "Delete"].map((name) => `<button data-can="misaligned nearlyEqual clipped"><span>${name}</span></button>`).join("")}</div>
<div class="row">${card("Glazing on Thursday", "Two people are needed at the spray booth.", "Masks are in the left drawer.")}${card("New shelves arrive", "The driver calls an hour before he comes.", "Keep the yard free until noon.")}${card("Course for beginners", "Nine places are taken, three are left.", "Clay is included in the price.")}</div>
<div class="row"><div><input data-can="misaligned nearlyEqual" value="Margaret Olsen"><input data-can="misaligned nearlyEqual" value="Hall B, table 4"><input data-can="misaligned nearlyEqual" value="14 December"><input data-can="misaligned nearlyEqual" value="Stoneware, white"></div>
<table><tr><th>Piece</th><th>Maker</th><th>Stage</th><th>Price</th></tr>${line(["Large bowl", "Akira Sato", "Dry", "48.00"])}${line(["Jug", "Rosa Blum", "Bisque", "62.50"])}${line(["Plate set", "Tom Keller", "Glazed", "120.00"])}${line(["Vase", "Lena Holm", "Dry", "75.00"])}</table></div>`;

const plan = (name: string, price: string) =>
  `<div class="tile plan" data-can="misaligned nearlyEqual">${name}<br><span data-can="occluded">${price}</span></div>`;
const item = (name: string, text: string, state: string) =>
  `<div class="item"><p data-can="overlapping"><span data-can="occluded">${name}</span></p><small>${text}</small><span class="tag" data-can="clipped"><span>${state}</span></span></div>`;
const field = (name: string, value: string) =>
  `<label for="${name}">${name}</label><input id="${name}" data-can="misaligned nearlyEqual" value="${value}">`;

const settings = `<div class="row"><div class="side"><p data-can="overlapping">Signed in as Petra</p><p>Plan: Studio, monthly</p>${["Profile", "Members", "Invoices", "Security", "Webhooks"].map((name) => `<button style="display:block;margin-bottom:8px" data-can="misaligned nearlyEqual clipped"><span data-can="protruding">${name}</span></button>`).join("")}</div>
<div style="width:360px"><h1>Settings</h1>${field("Name", "Petra Lind")}${field("Company", "Lind Ceramics")}${field("Street", "Harbour Lane 14")}${field("City", "Bergen")}<p><input type="checkbox" style="display:inline;width:auto;height:auto"> Send me a summary each week</p><button data-can="clipped"><span data-can="protruding">Save all</span></button> <button data-can="clipped"><span>Discard</span></button></div>
<div class="card list">${item("Kiln inspection", "Booked by Tom for Friday morning", "confirmed")}${item("Delivery of clay", "Forty bags, to be stored in hall B", "waiting")}${item("Evening course", "Twelve guests, two of them children", "cancelled")}${item("Market stall", "Tables and lamps are to be rented", "open")}</div></div>
<h1>Choose a plan</h1><div class="row">${plan("Solo", "9.00 a month")}${plan("Studio", "24.00 a month")}${plan("School", "49.00 a month")}${plan("Factory", "120.00 a month")}${plan("Museum", "on request")}</div>
<p>Prices are without tax. A plan can be changed at the end of each month, and <a href="#">ended at any time</a>.</p>`;

const bodies = { workshop, settings };

/** Pages in six looks each, without a defect. */
export const cleanPages: FieldPage[] = Object.entries(bodies).flatMap(([bodyName, body]) =>
  Object.entries(looks).map(([name, { half, css }]) => ({
    name: `${bodyName}/${name}`,
    half,
    html: () =>
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><style>${layout}${css}</style></head><body>${body}</body></html>`,
  })),
);
