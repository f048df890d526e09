import assert from "node:assert/strict";
import { createServer as createPlainServer, type RequestListener, type Server } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { CancelledError } from "../../../src/errors.js";
import { sha256 } from "../../../src/image/sha256.js";
import { type DownloadSettings, download } from "../../../src/sources/download.js";
import { isPublicAddress } from "../../../src/sources/publicAddress.js";
import { refused } from "../../support/expect.js";
import { writePdf } from "../../support/pdf.js";
import { selfSigned } from "../../support/selfSigned.js";
import { plainSources } from "../../support/sources.js";

const { cert, key } = selfSigned();

describe("a public address", () => {
  it("is none of this machine, of a network of its own, or of no use", () => {
    for (const address of [
      "8.8.8.8",
      "1.1.1.1",
      "172.15.0.1",
      "172.32.0.1",
      "192.167.1.1",
      "2606:4700::1111",
    ])
      assert.equal(isPublicAddress(address), true, address);
    for (const address of [
      ...["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1"],
      ...["169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1"],
      ...["::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8"],
      ...["64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "localhost", "", "1.2.3"],
    ])
      assert.equal(isPublicAddress(address), false, address);
  });
});

describe("fetching from an address", () => {
  let server: Server;
  let host: string;
  let answer: RequestListener;
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    server = createServer({ cert, key }, (request, response) => {
      asked.push(request.url ?? "");
      answer(request, response);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    host = `localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const fetched = (path: string, settings: DownloadSettings = {}, signal?: AbortSignal) =>
    download(`https://${host}${path}`, { allowedHosts: [host], ca: cert, ...settings }, signal);

  it("gives the bytes, whatever they are said to be, and sends nothing of the person's", async () => {
    let headers: unknown;
    answer = (request, response) => {
      headers = request.headers;
      response.setHeader("content-type", "text/html").end("bytes");
    };
    assert.equal(String(await fetched("/a.png")), "bytes");
    assert.deepEqual(headers, {
      accept: "image/*, application/pdf",
      "accept-encoding": "identity",
      connection: "close",
      host,
    });
  });

  it("goes to no machine of one's own, by whatever name", async () => {
    answer = (_, response) => response.end("secret");
    const { port } = server.address() as AddressInfo;
    for (const name of [
      "localhost",
      "127.0.0.1",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "0.0.0.0",
    ])
      await refused(() => download(`https://${name}:${port}/`, { ca: cert }), /leads to this machine/);
    assert.deepEqual(asked, []);
  });

  it("is https alone, without passwords", async () => {
    for (const address of ["http://example.com/a.png", "ftp://example.com/a.png", "file:///etc/passwd"])
      await refused(() => download(address), /Only https addresses are fetched/);
    await refused(() => download("https://me:secret@example.com/"), /user name or password/);
    await refused(() => download("https://"), /Only https/);
  });

  it("trusts no certificate that nobody vouches for", async () => {
    answer = (_, response) => response.end("bytes");
    await refused(() => download(`https://${host}/`, { allowedHosts: [host] }), /cannot be reached/);
    assert.deepEqual(asked, []);
  });

  it("follows redirects itself, tells of each, and checks where it leads", async () => {
    const told: string[] = [];
    const targets: Record<string, string> = {
      "/a": "/b",
      "/plain": "http://example.com/a.png",
      "/home": `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      "/metadata": "https://169.254.169.254/latest",
      "/loop": "/loop",
    };
    answer = (request, response) => {
      const location = targets[request.url ?? ""];
      if (location === undefined) response.end("here");
      else response.writeHead(302, { location }).end();
    };
    const onRedirect = (to: string) => told.push(to);
    assert.equal(String(await fetched("/a", { onRedirect })), "here");
    assert.deepEqual(told, [host]);
    await refused(() => fetched("/plain"), /redirects to what is not https/);
    await refused(() => fetched("/home"), /leads to this machine/);
    await refused(() => fetched("/metadata"), /leads to this machine/);
    await refused(() => fetched("/loop"), /redirects more than 5 times/);
  });

  it("ends what is too large, too slow, or answers for ever", async () => {
    answer = (request, response) => {
      if (request.url === "/large") response.end(Buffer.alloc(3_000_000));
      // A length that is a lie.
      if (request.url === "/lying") response.writeHead(200, { "content-length": 10 }).flushHeaders();
      if (request.url === "/endless") setInterval(() => response.write("x"), 5).unref();
    };
    await refused(() => fetched("/large", { most: 2 * 1024 * 1024 }), /larger than 2 MB/);
    await refused(() => fetched("/lying", { mostTime: 1_000 }), /longer than 1 seconds/);
    await refused(() => fetched("/endless", { mostTime: 1_000 }), /longer than 1 seconds/);
    await refused(() => fetched("/silent", { mostTime: 1_000 }), /longer than 1 seconds/);
  });

  it("says what a server refuses, and stops with the person", async () => {
    answer = (_, response) => response.writeHead(404).end("no");
    await refused(() => fetched("/a.png"), /^localhost:\d+: It answers with 404/);
    answer = () => undefined;
    const stop = new AbortController();
    const fetching = fetched("/a.png", {}, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(fetching, CancelledError);
  });

  it("is a way in: a picture, or the pages of a document, fetched once", async () => {
    const pdf = writePdf([{}, {}]);
    answer = (_, response) => response.end(pdf);
    const ways = plainSources({ fetch: (address) => download(address, { allowedHosts: [host], ca: cert }) });
    const address = `https://${host}/files/report.pdf?token=secret`;
    assert.deepEqual(await ways.placesOf([address]), [`${address}#page=1`, `${address}#page=2`]);
    const { name, id, uri } = await ways.pictureAt(`${address}#page=2`);
    assert.deepEqual([name, id, uri], ["report.pdf#page=2", `${sha256(pdf)}#page=2`, undefined]);
    assert.equal((await ways.pictureAt(`https://${host}/b.png`)).uri, `https://${host}/b.png`);
    assert.deepEqual(asked, ["/files/report.pdf?token=secret", "/b.png"]);
  });
});

describe("a server without encryption", () => {
  it("is not asked", async () => {
    let isAsked = false;
    const server = createPlainServer(() => {
      isAsked = true;
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await refused(() => download(`http://${host}/`, { allowedHosts: [host] }), /Only https/);
    await refused(() => download(`https://${host}/`, { allowedHosts: [host] }), /cannot be reached/);
    server.close();
    assert.equal(isAsked, false);
  });
});
