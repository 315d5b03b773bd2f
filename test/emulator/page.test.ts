import { networkInterfaces } from "node:os";
import axe from "axe-core";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { type Emulator, startEmulator } from "../../emulator/src/index";
import { findBrowser } from "./browser";
import { ADMIN_KEY, GUIDE_MODEL } from "./rehearsal";

const chromium = findBrowser();
const WHY = "no Chromium was found: install it (Debian: apt-get install chromium), or name one in CHROMIUM";
if (chromium === undefined) process.stderr.write(`\npage: SKIPPED: ${WHY}\n`);
const seen = chromium === undefined ? describe.skip : describe;

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ adminKey: ADMIN_KEY, controls: true });
  emulator.controls.clock.set("2026-03-10T12:00:20Z");
});
afterEach(() => emulator.close());

describe("over HTTP", () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${emulator.url}/_emulator${path}`, { headers });

  test("the page asks for nothing from elsewhere, and allows no script or style of others", async () => {
    for (const path of ["/", "/page.css", "/page.js"]) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; script-src 'self';/,
      );
      const text = await answer.text();
      expect(text).not.toMatch(/https?:\/\/|<style|<script>|\son\w+=|style=/);
      expect(text).not.toContain(ADMIN_KEY);
    }
  });

  test("what it shows is the admin's alone, and holds no key in full", async () => {
    const { accessKey } = emulator.controls.createKey({ name: "member" });
    expect((await get("/overview")).status).toBe(401);
    expect((await get("/overview", { "x-api-key": accessKey })).status).toBe(403);
    const text = await (await get("/overview", { "x-api-key": ADMIN_KEY })).text();
    expect(text).toContain("member");
    expect(text).not.toContain(accessKey);
    expect(text).not.toContain(ADMIN_KEY);
  });

  test("other machines, and other names of this one, are turned away", async () => {
    const open = await startEmulator({ adminKey: ADMIN_KEY, controls: true, host: "0.0.0.0" });
    try {
      const { port } = new URL(open.url);
      const outer = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ internal, family }) => !internal && family === "IPv4")
        .map(({ address }) => `http://${address}:${port}`);
      for (const base of outer) {
        expect((await fetch(`${base}/_emulator/`)).status).toBe(403);
        expect(
          (await fetch(`${base}/_emulator/overview`, { headers: { "x-api-key": ADMIN_KEY } })).status,
        ).toBe(403);
        expect((await fetch(`${base}/_emulator/health`)).status).toBe(200);
      }
      expect((await fetch(`http://127.0.0.1:${port}/_emulator/`)).status).toBe(200);
    } finally {
      await open.close();
    }
  });

  test("without the controls there is no page", async () => {
    const plain = await startEmulator({ adminKey: ADMIN_KEY });
    expect((await fetch(`${plain.url}/_emulator/`)).status).toBe(404);
    await plain.close();
  });
});

seen(chromium === undefined ? `SKIPPED (${WHY}): in a browser` : "in a browser", () => {
  let browser: Browser;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    browser = await puppeteer.launch({
      executablePath: chromium ?? "",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage();
    problems = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.setViewport({ width: 1100, height: 1000 });
  });
  afterEach(() => page.close());

  const text = (selector: string) => page.$eval(selector, (element) => element.textContent ?? "");
  const focused = () => page.evaluate("document.activeElement.id") as Promise<string>;
  const until = (selector: string, part: string) =>
    page.waitForFunction(
      `document.querySelector(${JSON.stringify(selector)}).textContent.includes(${JSON.stringify(part)})`,
      { timeout: 30_000 },
    );
  const signIn = async () => {
    await page.goto(`${emulator.url}/_emulator/`);
    await page.focus("#admin-key");
    await page.keyboard.type(ADMIN_KEY);
    await page.keyboard.press("Enter");
    await until("#status", "Up to date");
  };

  async function usedKey(): Promise<string> {
    const { accessKey } = emulator.controls.createKey({
      name: "ci-bot",
      budget: 10,
      globalLimits: { rpm: 5, rpd: 20, tpd: 400 },
      assetsLimits: [{ assetId: GUIDE_MODEL, rpd: 8 }],
      expiresAt: "2026-11-29",
    });
    await runs(accessKey, 6);
    return accessKey;
  }
  const runs = async (accessKey: string, times: number) => {
    for (let at = 0; at < times; at += 1) {
      await fetch(`${emulator.syncRunUrl}/${GUIDE_MODEL}`, {
        method: "POST",
        headers: { "x-api-key": accessKey, "content-type": "application/json" },
        body: JSON.stringify({ data: "What limits does this key have?" }),
      });
    }
  };

  test("keys, limits and use as bars with the time of their reset, requests as they come", async () => {
    const accessKey = await usedKey();
    await signIn();
    const meters = await page.$$eval("meter", (all) =>
      all.map((meter) => [meter.getAttribute("aria-label"), meter.value, meter.max]),
    );
    expect(meters).toContainEqual(["Requests per minute: 5 of 5", 5, 5]);
    expect(meters).toContainEqual(["Requests per day: 5 of 20", 5, 20]);
    expect(meters).toContainEqual([`Requests per day of ${GUIDE_MODEL}: 5 of 8`, 5, 8]);
    expect(await text("#keys")).toContain("resets at 2026-03-10 12:01:00 UTC");
    expect(await text("#keys")).toContain("resets at 2026-03-11 00:00:00 UTC");
    expect(await page.$$eval("#requests tr", (rows) => rows.length)).toBe(6);
    await fetch(`${emulator.url}/sdk/api-keys`, { headers: { "x-api-key": ADMIN_KEY } });
    await until("#requests", "/sdk/api-keys");
    expect(await page.content()).not.toContain(accessKey);
    if (process.env.PAGE_SCREENSHOT) {
      await page.screenshot({ path: process.env.PAGE_SCREENSHOT as `${string}.png` });
    }
    expect(problems).toEqual([]);
  });

  test("the clock and its buttons, with the keyboard", async () => {
    await usedKey();
    await signIn();
    expect(await text("#clock-state")).toBe("stopped");
    await page.focus('[data-advance="60000"]');
    await page.keyboard.press("Enter");
    await until("#now", "12:01:20");
    expect(await text("#keys")).toContain("Requests per minute: 0 of 5");
    await page.focus('[data-advance="86400000"]');
    await page.keyboard.press("Space");
    await until("#now", "2026-03-11 12:01:20");
    expect(await text("#keys")).toContain("Requests per day: 0 of 20");
    await page.click("#release");
    await until("#clock-state", "running");
    await page.click("#stop");
    await until("#clock-state", "stopped");
    expect(problems).toEqual([]);
  });

  test("after signing in, the keyboard goes on from the account, and the whole page can be used with it", async () => {
    await signIn();
    expect(await focused()).toBe("clock-title");
    const reached = new Set<string>();
    for (let at = 0; at < 25; at += 1) {
      await page.keyboard.press("Tab");
      reached.add(await focused());
    }
    for (const id of ["stop", "release", "instant", "route", "kind", "value", "times", "clear-faults"]) {
      expect(reached).toContain(id);
    }
  });

  test("on a phone nothing is wider than the screen", async () => {
    await page.setViewport({ width: 390, height: 844 });
    await usedKey();
    emulator.controls.createKey({ name: `long-${"0123456789".repeat(20)}` });
    emulator.controls.faults.add({ route: "listKeys", kind: "status", status: 503, body: "x".repeat(200) });
    await signIn();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  test("a limit of 0 is a full bar, and a part of many keys says so", async () => {
    emulator.controls.createKey({ name: "nothing", globalLimits: { rpm: 0 } });
    for (let at = 0; at < 250; at += 1) emulator.controls.createKey({ name: `key-${at}` });
    await signIn();
    expect(await page.$eval("meter", ({ value, max, high }) => [value, max, high])).toEqual([1, 1, 0.8]);
    expect(await text("#key-count")).toBe("The first 200 of 252 keys");
  });

  test("faults are added, seen and removed", async () => {
    await signIn();
    expect(await page.$eval("select#route", (route) => route.value)).toBe("*");
    await page.select("#route", "listKeys");
    await page.focus('#add-fault button[type="submit"]');
    await page.keyboard.press("Enter");
    await until("#faults", '"status":503');
    expect(emulator.controls.faults.list()).toEqual([
      { route: "listKeys", kind: "status", status: 503, times: 1 },
    ]);
    await page.click("#clear-faults");
    await until("#faults", "none");
    expect(problems).toEqual([]);
  });

  test("what came over the wire is text and never markup", async () => {
    emulator.controls.createKey({ name: "<img src=x onerror=alert(1)>" });
    await signIn();
    expect(await text("#keys h3:last-of-type")).toBeTruthy();
    expect(await page.$("#keys img")).toBeNull();
    expect(problems).toEqual([]);
  });

  test("a wrong key is told, and shows nothing", async () => {
    await page.goto(`${emulator.url}/_emulator/`);
    await page.type("#admin-key", "not-the-admin-key");
    await page.keyboard.press("Enter");
    await until("#status", "API key");
    expect(await page.$eval("#account", (element) => element.hasAttribute("hidden"))).toBe(true);
  });

  test("no rule of WCAG that a machine can check is broken, signed in or not", async () => {
    await usedKey();
    await page.goto(`${emulator.url}/_emulator/`);
    const broken = async () => {
      await page.evaluate(axe.source);
      return page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: typeof axe }).axe.run;
        return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
    };
    expect(await broken()).toEqual([]);
    await signIn();
    expect(await broken()).toEqual([]);
  });
});
