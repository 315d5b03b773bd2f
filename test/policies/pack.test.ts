import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { aixplainPolicies } from "../../policies/src";

const POLICIES = join(__dirname, "..", "..", "policies");
const RUNNER = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** What Pulumi's own language host for Node.js starts, which cannot be had here, and what a CLI without one starts. */
const WAYS = [
  { way: "by the runner of Pulumi's SDK", args: [RUNNER, "127.0.0.1:1", join(POLICIES, "pack")] },
  { way: "as an executable", args: [join(POLICIES, "executable", "pulumi-analyzer-policy-aixplain")] },
];

describe.each(WAYS)("the pack, started $way", ({ args }) => {
  let child: ChildProcess;
  let info: AnalyzerInfo.AsObject;

  beforeAll(async () => {
    // Neither way is told which folder is the working directory.
    child = spawn(process.execPath, args, { cwd: __dirname, stdio: ["ignore", "pipe", "inherit"] });
    if (!child.stdout) throw new Error("the pack has no output");
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const client = new AnalyzerClient(`127.0.0.1:${line.toString().trim()}`, credentials.createInsecure());
    info = await new Promise((resolve, reject) => {
      client.getAnalyzerInfo(new Empty(), (error: Error | null, answer: AnalyzerInfo) =>
        error ? reject(error) : resolve(answer.toObject()),
      );
    });
    client.close();
  });
  afterAll(async () => {
    child.kill();
    await once(child, "exit");
  });

  test("says its name, its version and its policies", () => {
    const { version } = JSON.parse(readFileSync(join(POLICIES, "package.json"), "utf8"));
    expect(info).toMatchObject({ name: "aixplain", version });
    expect(info.policiesList.map(({ name }) => name)).toEqual(aixplainPolicies().map(({ name }) => name));
  });
});
