import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type RouteName, startEmulator } from "../../emulator/src/index";
import { SDK_CASES } from "./sdk-cases";
import { type ControlRequest, type Generation, SdkDriver } from "./sdk-driver";
import { prepareSdkEnvironment, tell } from "./sdk-environment";

/** In the middle of a minute and of a day, and before the guide's own expiry of 29 November 2024. */
const NOW = "2024-11-15T10:20:30.000Z";
const ADMIN_KEY = "admin-key-of-the-conformance-suite";

const environment = prepareSdkEnvironment();
if ("missing" in environment) {
  const { missing, detail } = environment;
  tell(`SKIPPED: nothing was checked against the aiXplain SDK: ${missing}${detail ? `: ${detail}` : ""}`);
}

const generations: readonly Generation[] = ["v1", "v2"];
const casesOf = (generation: Generation) =>
  SDK_CASES.filter(({ generations }) => generations.includes(generation));

describe.each(generations)("the aiXplain SDK, generation %s, against the emulator", (generation) => {
  if ("missing" in environment) {
    test.skip.each(casesOf(generation))(`SKIPPED (${environment.missing}): $name: $shows`, () => {});
    return;
  }

  let emulator: Emulator;
  let driver: SdkDriver;

  beforeAll(async () => {
    emulator = await startEmulator({ adminKey: ADMIN_KEY, controls: true, checkAnswers: true });
    const control = (request: ControlRequest): unknown => obey(emulator, request);
    const { python } = environment;
    driver = await SdkDriver.start({
      python,
      generation,
      backendUrl: emulator.url,
      adminKey: ADMIN_KEY,
      control,
    });
  });

  afterAll(async () => {
    await driver?.stop();
    await emulator?.close();
  });

  beforeEach(() => {
    emulator.controls.reset();
    emulator.controls.clock.set(NOW);
  });

  test("the Python side has the cases of the table and no others", () => {
    expect(driver.cases).toEqual(
      casesOf(generation)
        .map(({ name }) => `${generation}.${name}`)
        .sort(),
    );
  });

  test.each(casesOf(generation))("$name: $shows", async ({ name }) => {
    const { ok, detail } = await driver.run(`${generation}.${name}`);
    if (!ok) throw new Error(detail);
    // A case proves something about the server only if it has called it.
    expect(emulator.controls.requests().length).toBeGreaterThan(0);
    expect(emulator.controls.requests().filter(({ status }) => status === 500 || status === 501)).toEqual([]);
  });
});

test("docs/conformance.md lists every case", () => {
  const page = readFileSync(join(__dirname, "../../docs/conformance.md"), "utf8");
  expect(SDK_CASES.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
});

function obey({ controls }: Emulator, request: ControlRequest): unknown {
  switch (request.control) {
    case "advance":
      return controls.clock.advance(request.milliseconds);
    case "fail": {
      const { route, status, times } = request;
      const body = {
        statusCode: status,
        message: `made to fail with ${status}`,
        error: `made to fail with ${status}`,
      };
      return controls.faults.add({ kind: "status", route: route as RouteName, status, times, body });
    }
    case "createKey":
      controls.createKey(request.body);
      return null;
    case "received":
      return controls.requests().map(({ method, path }) => `${method} ${path}`);
  }
}
