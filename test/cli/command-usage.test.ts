import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { type Emulator, startEmulator } from "aixplain-emulator";
import axe from "axe-core";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findBrowser } from "../emulator/browser";
import { command, commandLine, limits, MINI, use } from "./command-process";

let emulator: Emulator;
let directory: string;
/** The access keys that nothing may show. */
let secrets: string[];
beforeEach(async () => {
  emulator = await startEmulator();
  directory = mkdtempSync(join(tmpdir(), "usage-"));
  secrets = [emulator.adminKey];
});
afterEach(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});

function make(name: string, edit: object = {}): { readonly id: string; readonly accessKey: string } {
  const key = emulator.controls.createKey({ name, ...edit });
  secrets.push(key.accessKey);
  return key;
}

/** An account with keys near, at and far from their limits. */
async function account(): Promise<{ readonly bot: string; readonly idle: string }> {
  const bot = make("ci-bot", {
    budget: 1000,
    expiresAt: "2099-01-31",
    globalLimits: limits({ rpd: 12, tpd: 20_000 }),
    assetsLimits: [{ assetId: MINI.id, ...limits({ rpd: 2 }) }],
  });
  const notebook = make("research-notebook", { budget: 50, globalLimits: limits({ rpd: 9 }) });
  const chat = make("support-chat", { globalLimits: limits({ tpd: 5000 }) });
  const idle = make("<img src=x onerror=alert(1)> by hand & idle");
  await use(emulator, bot.accessKey, 4);
  await use(emulator, bot.accessKey, 2, MINI.id);
  await use(emulator, notebook.accessKey, 7);
  await use(emulator, chat.accessKey, 3, MINI.id);
  return { bot: bot.id, idle: idle.id };
}

const unsaid = (text: string): void => {
  for (const secret of secrets) expect(text).not.toContain(secret);
};

describe("npx pulumi-aixplain usage", () => {
  test("draws a bar per limit, full only where it is reached, and names models by path", async () => {
    const { bot } = await account();
    const { code, stdout, stderr } = await command(emulator, ["usage"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^Usage since midnight UTC at 127\.0\.0\.1:\d+, read at \d{4}-.* UTC$/);
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^ci-bot {2}\\(${bot}, .{4}\\*{4}.{4}\\)$`)),
    );
    expect(lines).toContain(`  requests  ${"█".repeat(10)}${"░".repeat(10)}  6 of 12 (50%)`);
    expect(lines).toContain(`  requests  ${"█".repeat(20)}  2 of 2 (100%), limit reached  ${MINI.path}`);
    expect(lines).toContain(`  requests  ${" ".repeat(20)}  0, no limit`);
    expect(stdout).not.toContain("(admin)");
    unsaid(stdout);
  });

  test("says that an account has no keys to show or to import, and gives no next steps for none", async () => {
    const shown = await command(emulator, ["usage"]);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout.trimEnd().split("\n")[1]).toBe("The account has no keys besides admin keys.");
    const file = await command(emulator, ["import-file"]);
    expect(file.code).toBe(0);
    expect(JSON.parse(file.stdout)).toEqual({ resources: [] });
    expect(file.stderr.trim()).toBe("0 keys to import. Admin keys are skipped.");
  });

  test("answers JSON for the keys that are named by id or by exact name, and exits with 1 for no such key", async () => {
    const { bot, idle } = await account();
    const { code, stdout } = await command(emulator, ["usage", "--json", bot, "support-chat"]);
    expect(code).toBe(0);
    const { keys, modelPaths } = JSON.parse(stdout);
    expect(keys.map(({ name }: { name: string }) => name)).toEqual(["ci-bot", "support-chat"]);
    expect(keys[0]).toMatchObject({
      id: bot,
      budget: 1000,
      usage: { total: { requests: { used: 6, limit: 12, remaining: 6, percent: 50 } } },
    });
    expect(modelPaths[MINI.id]).toBe(MINI.path);
    expect(stdout).not.toContain(idle);
    unsaid(stdout);
    const missing = await command(emulator, ["usage", "support"]);
    expect(missing).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining('there is no key "support"'),
    });
  });

  test("shows what could be read, and exits with 1 where a reading failed", async () => {
    await account();
    emulator.controls.faults.add({ kind: "status", status: 403, route: "keyUsage", times: 1 });
    const { code, stdout, stderr } = await command(emulator, ["usage"]);
    expect(code).toBe(1);
    expect(stdout).toContain("could not be read: GET /sdk/api-keys/");
    expect(stdout).toContain("7 of 9 (77.8%)");
    expect(stderr).toContain("the usage of 1 of 4 keys could not be read");
  });

  test("--watch reads again, a line of JSON each time, until Ctrl-C, and then exits with 0", async () => {
    const { accessKey } = make("watched", { globalLimits: limits({ rpd: 10 }) });
    const child = spawn(process.execPath, commandLine("usage", "--json", "--watch", "1"), {
      env: { PATH: process.env.PATH, AIXPLAIN_API_KEY: emulator.adminKey, BACKEND_URL: emulator.url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const used: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      used.push(JSON.parse(line).keys[0].usage.total.requests.used);
      if (used.length === 1) await use(emulator, accessKey);
      if (used.at(-1) === 1) child.kill("SIGINT");
    }
    expect(await ended).toEqual([0, null]);
    expect([used[0], used.at(-1)]).toEqual([0, 1]);
  });

  test.each([["0"], ["1.5"], ["x"], ["86401"]])("--watch %s is refused with exit code 2", async (seconds) => {
    const { code, stderr } = await command(emulator, ["usage", "--watch", seconds]);
    expect(code).toBe(2);
    expect(stderr).toContain("write a whole number of seconds from 1 to 86400");
    expect(emulator.controls.requests()).toEqual([]);
  });

  test("says which file it cannot write", async () => {
    const file = join(directory, "absent", "page.html");
    const { code, stderr } = await command(emulator, ["usage", "--html", file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`the file ${JSON.stringify(file)} could not be written`);
  });
});

describe("the page of usage --html", () => {
  const written = async (): Promise<string> => {
    const file = join(directory, "usage.html");
    expect(await command(emulator, ["usage", "--html", file])).toMatchObject({ code: 0, stdout: "" });
    return file;
  };

  test("names no other resource, runs no script, allows one style sheet by its digest, and holds no key", async () => {
    await account();
    const text = readFileSync(await written(), "utf8");
    expect(text).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'">/,
    );
    expect(text).not.toMatch(/https?:\/\/|<script|<link|<img|src=x?"|\son\w+="|style="|@import|url\(/);
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt; by hand &amp; idle");
    unsaid(text);
  });

  const chromium = findBrowser();
  const WHY = "no Chromium was found: install it (Debian: apt-get install chromium), or name one in CHROMIUM";
  if (chromium === undefined) process.stderr.write(`\nusage page: SKIPPED: ${WHY}\n`);
  const seen = chromium === undefined ? describe.skip : describe;

  seen(chromium === undefined ? `SKIPPED (${WHY}): in a browser` : "in a browser", () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await puppeteer.launch({
        executablePath: chromium ?? "",
        args: ["--no-sandbox", "--disable-dev-shm-usage"],
      });
    });
    afterAll(() => browser.close());
    afterEach(() => page.close());

    /** Opens the page and answers what the browser complains of. */
    async function open(file: string, width: number, scheme: "light" | "dark"): Promise<string[]> {
      const problems: string[] = [];
      page = await browser.newPage();
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("request", (request) => {
        if (request.url() !== pathToFileURL(file).href) problems.push(request.url());
      });
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(pathToFileURL(file).href);
      return problems;
    }

    test.each([
      ["light", 1100],
      ["dark", 1100],
      ["light", 360],
      ["dark", 360],
    ] as const)(
      "%s at %i pixels: charts in their order, no rule of WCAG broken, nothing wider",
      async (scheme, width) => {
        await account();
        const problems = await open(await written(), width, scheme);
        const chart = (id: string) =>
          page.$$eval(`[aria-labelledby="${id}"] li`, (items) =>
            items.map((item) => {
              const [name, figure] = [...item.querySelectorAll(":scope > span")].map(
                (each) => each.textContent,
              );
              const bar = item.querySelector("svg");
              return [
                name,
                figure,
                bar?.getAttribute("class"),
                bar?.querySelector("rect")?.getAttribute("width"),
              ];
            }),
          );
        expect((await chart("limits")).slice(0, 3)).toEqual([
          [`ci-botrequests per day of ${MINI.path}`, "2 of 2 (100%), limit reached", "bar full", "100"],
          ["research-notebookrequests per day", "7 of 9 (77.8%)", "bar near", "77.8"],
          ["ci-botrequests per day", "6 of 12 (50%)", "bar", "50"],
        ]);
        expect((await chart("models")).map(([name]) => name).sort()).toEqual([
          "aixplain/guide-model/emulator",
          MINI.path,
        ]);
        expect(await page.$$eval("tbody tr", (rows) => rows.length)).toBe(4);
        expect(await page.$("img")).toBeNull();
        const look = await page.evaluate(
          "({ wide: document.documentElement.scrollWidth, back: getComputedStyle(document.body).backgroundColor })",
        );
        expect(look).toEqual({
          wide: width,
          back: scheme === "dark" ? "rgb(23, 25, 30)" : "rgb(255, 255, 255)",
        });
        expect(problems).toEqual([]);
        const directory = process.env.USAGE_SCREENSHOTS;
        if (directory)
          await page.screenshot({
            path: join(directory, `usage-${scheme}-${width}.png`) as `${string}.png`,
            fullPage: true,
          });
        // The policy stops axe's own script tag, not code of the debugger.
        await page.evaluate(axe.source);
        const broken = await page.evaluate(async () => {
          const { run } = (globalThis as unknown as { axe: typeof axe }).axe;
          return (await run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
        });
        expect(broken).toEqual([]);
      },
    );

    test("an account without keys has a page as well", async () => {
      const problems = await open(await written(), 800, "light");
      const text = await page.$eval("main", (main) => main.textContent ?? "");
      for (const said of ["No limit was used today.", "No key was used today.", "No model was used today."]) {
        expect(text).toContain(said);
      }
      expect(problems).toEqual([]);
    });
  });
});
