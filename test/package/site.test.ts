import { readdirSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findBrowser } from "../emulator/browser";
import { must, ROOT } from "./npm";
import { deadLinks, pagesOf, type SitePage } from "./site-pages";
import { serveSite } from "./site-server";

const BASE = "/pulumi-aixplain/";
const BUILT = join(ROOT, "site", "dist");
const chromium = findBrowser();
const WHY = "no Chromium was found: install it (Debian: apt-get install chromium), or name one in CHROMIUM";
if (chromium === undefined) process.stderr.write(`\nsite: SKIPPED: ${WHY}\n`);
const seen = chromium === undefined ? describe.skip : describe;

let pages: SitePage[];
beforeAll(() => {
  must("npm", ["run", "site"], ROOT);
  pages = pagesOf(BUILT);
}, 600_000);

describe("the documentation site", () => {
  test("has every page of docs, each in the sidebar", () => {
    const documents = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => file.replaceAll("\\", "/").replace(/(^|\/)(index|README)\.md$|\.md$/, ""));
    expect(documents.length).toBeGreaterThan(40);
    expect(pages.map(({ address }) => address).sort()).toEqual([...documents].sort());
    const [first] = pages.filter(({ address }) => address === "");
    const linked = documents.filter((address) =>
      new RegExp(`href="${BASE}${address}/?"`).test(first?.html ?? ""),
    );
    expect(documents.filter((each) => !linked.includes(each))).toEqual([]);
  });

  test("has no link to a page or heading that does not exist", () => {
    expect(pages.flatMap((page) => deadLinks(page, BUILT, BASE))).toEqual([]);
  });

  test("asks nothing of other hosts", () => {
    const loaded = pages.flatMap(({ address, html }) =>
      [...html.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"/g)].map(
        ([, url]) => `${address}: ${url}`,
      ),
    );
    expect(loaded).toEqual([]);
  });
});

seen(chromium === undefined ? `SKIPPED (${WHY}): in a browser` : "in a browser", () => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof serveSite>>;
  let problems: string[];
  beforeAll(async () => {
    site = await serveSite(BUILT, BASE);
    browser = await puppeteer.launch({
      executablePath: chromium ?? "",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    problems = [];
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`${page.url()}: ${String(error)}`));
    page.on("request", (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(site.url))
        problems.push(request.url());
    });
  });
  afterEach(() => page.close());

  const number = (script: string): Promise<number> => page.evaluate(script) as Promise<number>;

  test.each([
    ["light", "desk", 1366, 860],
    ["dark", "phone", 390, 844],
  ])(
    "%s, %s: every page fits, without an error and without a request elsewhere",
    async (scheme, _, width, height) => {
      await page.setViewport({ width, height, isMobile: width < 500 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const tooWide: string[] = [];
      for (const { address } of pages) {
        await page.goto(`${site.url}${address}`, { waitUntil: "load" });
        await page.waitForSelector("h1");
        const over = await number(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        if (over > 0) tooWide.push(`${address}: ${over} px`);
      }
      expect(tooWide).toEqual([]);
      expect(problems).toEqual([]);
      const isDark = await page.evaluate("document.documentElement.classList.contains('dark')");
      expect(isDark).toBe(scheme === "dark");
    },
    300_000,
  );

  test("its search finds a message by a few of its words, and leads there", async () => {
    await page.setViewport({ width: 1366, height: 860 });
    await page.goto(site.url, { waitUntil: "load" });
    await page.waitForSelector("#local-search button");
    await page.click("#local-search button");
    await page.waitForSelector(".VPLocalSearchBox input");
    await page.type(".VPLocalSearchBox input", "platform does not accept the admin key");
    await page.waitForSelector(".VPLocalSearchBox .result", { timeout: 60_000 });
    await page.keyboard.press("Enter");
    await page.waitForFunction("location.pathname.endsWith('/messages')", { timeout: 60_000 });
    expect(await page.evaluate("decodeURIComponent(location.hash)")).toContain(
      "the-platform-does-not-accept-the-admin-key",
    );
    expect(problems).toEqual([]);
  }, 120_000);
});
