import { exportedKeys } from "../cli/exported-keys";
import { CLI_TIMEOUT_MS, type CliProject } from "../cli/project";
import { program, withPluginProject } from "./project";

const MINI = { id: "669a63646eb56306647e1091", path: "openai/gpt-4o-mini/openai" };
const DECLARED = `{ name: "by hand", budget: 7, assetLimits: [{ model: "${MINI.path}", requestsPerDay: 3 }] }`;
const OUTPUT = "exports.accessKey = key.accessKey;";

function byHand({ emulator: { controls } }: CliProject): { readonly id: string; readonly accessKey: string } {
  const limits = { tpm: null, tpd: null, rpm: null, rpd: 3 };
  return controls.createKey({
    name: "by hand",
    budget: 7,
    assetsLimits: [{ assetId: MINI.id, ...limits }],
  });
}

const imported = (project: CliProject, idOrName: string, accessKeys?: string) =>
  project.run(
    [
      "import",
      "aixplain:index:ApiKey",
      "mine",
      idOrName,
      "--yes",
      "--generate-code=false",
      "--protect=false",
    ],
    { AIXPLAIN_ACCESS_KEYS: accessKeys },
  );

const writes = ({ emulator: { controls } }: CliProject): number =>
  controls.requests().filter(({ method }) => method !== "GET").length;

test(
  "the command imports by exact name without the access key, warns with the way out, and a refresh with the key fills it in",
  () =>
    withPluginProject(async (project) => {
      const { id, accessKey } = byHand(project);
      program(project, "");
      const { ok, text } = await imported(project, "by hand");
      expect(ok).toBe(true);
      expect(text).toContain("set AIXPLAIN_ACCESS_KEYS and run pulumi refresh");
      const [key] = exportedKeys(await project.exportedState());
      expect(key).toMatchObject({ id, inputs: { name: "by hand", budget: 7 } });
      expect(key?.outputs).not.toHaveProperty("accessKey");

      program(project, `const key = new ApiKey("mine", ${DECLARED}); ${OUTPUT}`);
      expect((await project.preview("--expect-no-changes")).ok).toBe(true);
      expect((await project.run(["refresh", "--yes"], { AIXPLAIN_ACCESS_KEYS: accessKey })).ok).toBe(true);
      expect((await project.up("--expect-no-changes")).ok).toBe(true);
      expect(await project.must(["stack", "output", "--show-secrets"])).toContain(accessKey);
      expect(await project.exportedState()).not.toContain(accessKey);
      expect(writes(project)).toBe(0);
    }),
  CLI_TIMEOUT_MS,
);

test(
  "the option imports by id with the right access key, encrypted; a wrong one, an admin key and an unknown id are refused",
  () =>
    withPluginProject(async (project) => {
      const { id, accessKey } = byHand(project);
      const { adminKey, controls } = project.emulator;
      program(project, "");
      const wrong = await imported(project, id, `${adminKey},0123456789abcdef0123`);
      expect(wrong.ok).toBe(false);
      expect(wrong.text).toContain(
        'AIXPLAIN_ACCESS_KEYS contains 2 access keys, none of which is that of "by hand"',
      );
      expect(wrong.text).not.toContain("0123456789abcdef0123");
      const admin = controls.keys().find(({ isAdmin }) => isAdmin);
      expect((await imported(project, String(admin?.id))).text).toContain("is not read into a stack");
      expect((await imported(project, "nobody")).text).toContain('there is no key "nobody" in the account');
      expect(exportedKeys(await project.exportedState())).toEqual([]);

      program(project, `const key = new ApiKey("mine", ${DECLARED}, { import: "${id}" }); ${OUTPUT}`);
      const env = { AIXPLAIN_ACCESS_KEYS: `other-key-0123456789 ${accessKey}` };
      const done = await project.run(["up", "--yes"], env);
      expect(done.text).toContain("= 1 imported");
      expect(done.text).not.toContain("warning");
      expect((await project.preview("--expect-no-changes")).ok).toBe(true);
      expect(await project.must(["stack", "output", "--show-secrets"])).toContain(accessKey);
      expect(await project.exportedState()).not.toContain(accessKey);
      expect(writes(project)).toBe(0);
    }),
  CLI_TIMEOUT_MS,
);
