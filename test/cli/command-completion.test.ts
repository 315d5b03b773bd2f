import { spawnSync } from "node:child_process";
import { command } from "./command-process";

const NOBODY = { adminKey: "nobody", url: "http://127.0.0.1:1" };

const script = async (shell: string): Promise<string> => {
  const { code, stdout } = await command(NOBODY, ["completion", shell]);
  expect(code).toBe(0);
  return stdout;
};

const ZSH = "zsh";
const FISH = "fish";

/** A test for machines that have the shell. */
function withShell(shell: string): typeof test | typeof test.skip {
  if (spawnSync(shell, ["--version"]).status === 0) return test;
  process.stderr.write(
    `\ncompletion: SKIPPED: there is no ${shell}: install it (Debian: apt-get install ${shell})\n`,
  );
  return test.skip;
}
const withZsh = withShell(ZSH);
const withFish = withShell(FISH);

/** What bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const ask = `COMP_WORDS=(pulumi-aixplain ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}; _pulumi_aixplain; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["-u", "-c", `${await script("bash")}\n${ask}`], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.split("\n").filter((word) => word !== "");
}

describe("npx pulumi-aixplain completion", () => {
  test("bash offers the subcommands, the options of each, and the shells", async () => {
    expect(await offered("")).toEqual(
      expect.arrayContaining([
        "list",
        "usage",
        "import-file",
        "drift",
        "orphans",
        "doctor",
        "delete",
        "completion",
      ]),
    );
    expect(await offered("d")).toEqual(["drift", "doctor", "delete"]);
    expect(await offered("usage", "--")).toEqual([
      "--stack",
      "--cwd",
      "--json",
      "--html",
      "--watch",
      "--help",
    ]);
    expect(await offered("delete", "--y")).toEqual(["--yes"]);
    expect(await offered("completion", "z")).toEqual(["zsh"]);
  });

  test.each(["zsh", "fish"])("every subcommand and option stands in the script of %s", async (shell) => {
    const text = await script(shell);
    for (const name of [
      "list",
      "usage",
      "import-file",
      "drift",
      "orphans",
      "doctor",
      "delete",
      "completion",
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toContain(shell === "fish" ? "-l watch" : "--watch[");
  });

  withZsh("zsh loads the script and offers it for the command", async () => {
    const load = `autoload -Uz compinit && compinit -u -D\n${await script("zsh")}\nprint $_comps[pulumi-aixplain]`;
    const { status, stdout, stderr } = spawnSync(ZSH, ["-f", "-c", load], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "_pulumi_aixplain\n", stderr: "" });
  });

  withFish("fish offers the same", async () => {
    const ask = `${await script("fish")}\ncomplete -C 'pulumi-aixplain d'\ncomplete -C 'pulumi-aixplain usage --w'`;
    const { stdout } = spawnSync(FISH, ["--no-config", "-c", ask], { encoding: "utf8" });
    const words = stdout.split("\n").flatMap((line) => line.split("\t")[0] || []);
    expect(words).toEqual(["delete", "doctor", "drift", "--watch"]);
  });

  test("another shell is refused with exit code 2", async () => {
    const { code, stderr } = await command(NOBODY, ["completion", "csh"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are bash, zsh, fish");
  });
});
