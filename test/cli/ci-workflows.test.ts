import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ran, Runner } from "./ci/runner";
import { CLI_TIMEOUT_MS, type CliProject, withCliProject } from "./project";

const BOT = { login: "github-actions[bot]" };
const SOMEBODY = { login: "somebody" };
const PLUGIN =
  "plugins:\n  providers:\n    - name: aixplain\n      path: ../node_modules/pulumi-aixplain/plugin\n";

const codes = (ran: readonly Ran[] | undefined) => ran?.map(({ code }) => code);
const last = (ran: readonly Ran[] | undefined) => ran?.at(-1)?.text ?? "";

function program(project: CliProject, door: "dynamic" | "plugin", budget: number): void {
  project.package = door === "dynamic" ? "pulumi-aixplain" : "pulumi-aixplain/native";
  if (door === "plugin") {
    const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    writeFileSync(join(project.directory, "Pulumi.yaml"), `name: project\n${runtime}${PLUGIN}`);
  }
  const declaration = `{ name: "ci-bot", budget: ${budget}, globalLimits: { requestsPerDay: 3 } }`;
  project.program(`const key = new ApiKey("ci-bot", ${declaration}); exports.usage = key.usage;`);
}

describe("the workflows on a stack of the dynamic provider", () => {
  const ran: Record<string, readonly Ran[]> = {};
  const at: Record<string, Runner["repository"]> = {};
  let lastApplied: string;
  let budget: number | null | undefined;
  let canaries: readonly string[];

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const github = new Runner(project);
        const doJob = async (title: string, workflow: string, job: string, only?: string) => {
          ran[title] = await github.job(workflow, job, only);
          at[title] = github.repository;
        };
        github.save({
          ...github.repository,
          comments: [
            { id: 1, on: 1, body: "<!-- aixplain-preview -->\n\nquoted by somebody", user: SOMEBODY },
          ],
          issues: [
            {
              number: 1,
              title: "Drift",
              state: "open",
              body: "<!-- aixplain-drift test -->",
              user: SOMEBODY,
            },
          ],
        });
        program(project, "dynamic", 10);
        await doJob("preview", "preview", "preview");
        await doJob("comment", "preview", "comment");
        await doJob("comment, again", "preview", "comment");
        await doJob("apply", "apply", "apply");
        await doJob("preview, applied", "preview", "preview");
        await doJob("comment, applied", "preview", "comment");
        github.pullRequest = 2;
        await doJob("comment on another pull request", "preview", "comment");

        controls.updateKey("ci-bot", { budget: 999 });
        await doJob("drift", "drift", "drift");
        await doJob("drift, again", "drift", "drift", "Keep the issue");
        github.adminKey = "an-admin-key-of-nobody";
        await doJob("drift, unknown", "drift", "drift", "Look for drift");
        await doJob("drift, unknown, issue", "drift", "drift", "Keep the issue");
        github.adminKey = project.emulator.adminKey;

        const deployments = [
          { id: 3, sha: "c0ffee3", statuses: [{ state: "waiting" }] },
          { id: 2, sha: "c0ffee2", statuses: [{ state: "success" }, { state: "in_progress" }] },
          { id: 1, sha: "c0ffee1", statuses: [{ state: "inactive" }] },
        ];
        github.save({ ...github.repository, deployments });
        const find = "Find the commit that was applied last";
        await doJob("find", "rotation", "rotation", find);
        lastApplied = github.written;
        await doJob("rotation", "rotation", "rotation");
        budget = controls.keys().find(({ name }) => name === "ci-bot")?.budget;
        const failed = [{ id: 4, sha: "c0ffee4", statuses: [{ state: "failure" }] }, ...deployments];
        github.save({ ...github.repository, deployments: failed });
        await doJob("rotation after a failed apply", "rotation", "rotation");

        await doJob("no drift", "drift", "drift");
        await doJob("no drift, again", "drift", "drift", "Keep the issue");

        program(project, "dynamic", -1);
        await doJob("preview, failed", "preview", "preview");
        await doJob("comment, failed", "preview", "comment");
        github.stack = "lost";
        await doJob("comment without a preview", "preview", "comment");
        program(project, "dynamic", 10);
        await doJob("fork", "preview", "fork");
        canaries = controls.keys().map(({ accessKey }) => accessKey);
      }),
    CLI_TIMEOUT_MS,
  );

  const comments = (title: string) => at[title]?.comments.filter(({ user }) => user.login === BOT.login);
  const issues = (title: string) => at[title]?.issues.filter(({ user }) => user.login === BOT.login);

  test("a pull request with changes gets one comment, which a second run edits", () => {
    expect(codes(ran.preview)).toEqual([0, 0]);
    expect(comments("comment")).toMatchObject([{ on: 1 }]);
    const { body } = comments("comment")?.[0] ?? { body: "" };
    expect(body).toContain("### Stack `test`: changes");
    expect(body).toMatch(/\+ pulumi-nodejs:dynamic\/aixplain:ApiKey: \(create\)[\s\S]*budget +: 10\n/);
    expect(body).not.toContain("no changes were expected");
    expect(comments("comment, again")).toEqual(comments("comment"));
    expect(at["comment, again"]?.calls.at(-1)).toBe("PATCH issues/comments/2");
  });

  test("the comment of somebody else stays as it is", () => {
    expect(at["comment, failed"]?.comments[0]?.body).toContain("quoted by somebody");
  });

  test("a comment of an earlier commit says when there are no changes any more; a new one is not written", () => {
    expect(codes(ran["preview, applied"])).toEqual([0, 0]);
    expect(comments("comment, applied")?.map(({ body }) => body)).toEqual([
      "<!-- aixplain-preview -->\n\n## Preview\n\n### Stack `test`: no changes",
    ]);
    expect(comments("comment on another pull request")).toHaveLength(1);
    expect(last(ran["comment on another pull request"])).toBe("No changes: no comment.\n");
  });

  test("a preview that fails fails its job, and the comment has the message", () => {
    expect(codes(ran["preview, failed"])).toEqual([0, 1]);
    const { body } = comments("comment, failed")?.at(-1) ?? {};
    expect(body).toContain("### Stack `test`: the preview failed (exit code 1)");
    expect(body).toContain("budget");
    expect(body).toContain("-1");
  });

  test("a stack whose job left no preview is told as such", () => {
    expect(codes(ran["comment without a preview"])).toEqual([0]);
    expect(last(ran["comment without a preview"])).toContain(
      "### Stack `lost`: no preview\n\nThe job failed before it. See [the run](https://github.invalid/acme/keys/actions/runs/7).",
    );
  });

  test("a merge is applied", () => {
    expect(codes(ran.apply)).toEqual([0, 0]);
    expect(last(ran.apply)).toContain("+ 2 created");
  });

  test("drift opens one issue with what differs, and a second run edits it", () => {
    expect(codes(ran.drift)).toEqual([0, 0, 0]);
    expect(ran.drift?.[1]?.text).toContain(
      "error: no changes were expected for refresh but changes were proposed",
    );
    expect(issues("drift")).toMatchObject([{ title: "Drift in the stack test", state: "open" }]);
    const body = issues("drift")?.[0]?.body;
    expect(body).toMatch(/^<!-- aixplain-drift test -->\n\nThe live keys of the stack `test` differ/);
    expect(body).toMatch(/~ budget +: 10 => 999\n/);
    expect(body).toContain("(https://github.invalid/acme/keys/actions/runs/7)");
    expect(body).toContain("the state on the left, the live key on the right");
    expect(body).toMatch(
      /- To undo the change, run the workflow `apply`: [\s\S]+\n\nThe first run without drift closes this issue\.$/,
    );
    expect(issues("drift, again")).toEqual(issues("drift"));
    expect(at["drift, again"]?.calls.at(-1)).toBe("PATCH issues/2");
  });

  test("a refresh that fails leaves the issue alone", () => {
    expect(codes(ran["drift, unknown"])).toEqual([1]);
    expect(codes(ran["drift, unknown, issue"])).toEqual([1]);
    expect(last(ran["drift, unknown, issue"])).toContain(
      "There is no report of the stack test to tell drift by.",
    );
    expect(issues("drift, unknown, issue")).toEqual(issues("drift"));
  });

  test("the first run without drift closes the issue and says so, and the next one is silent", () => {
    expect(codes(ran["no drift"])).toEqual([0, 0, 0]);
    expect(issues("no drift")).toMatchObject([{ state: "closed", state_reason: "completed" }]);
    expect(comments("no drift")?.at(-1)).toMatchObject({
      on: 2,
      body: expect.stringMatching(/^No drift any more/),
    });
    expect(at["no drift, again"]?.comments).toEqual(at["no drift"]?.comments);
    expect(last(ran["no drift, again"])).toBe("No drift, and no issue.\n");
    expect(at["no drift, again"]?.issues[0]).toMatchObject({ state: "open", user: SOMEBODY });
  });

  test("a rotation runs the commit that was applied last, not one that waits for its approval", () => {
    expect(lastApplied).toBe("sha=c0ffee2\n");
    expect(codes(ran.rotation)).toEqual([0, 0, 0]);
    expect(budget).toBe(10);
  });

  test("a rotation stops where the last apply failed", () => {
    expect(codes(ran["rotation after a failed apply"])).toEqual([1]);
    expect(last(ran["rotation after a failed apply"])).toContain('The last one, of c0ffee4, is "failure".');
  });

  test("the pull request of a fork is previewed without any secret", () => {
    expect(codes(ran.fork)).toEqual([0, 0]);
    expect(last(ran.fork)).toContain("+ 2 to create");
  });

  test("no log, comment or issue holds the admin key or an access key", () => {
    const everything = JSON.stringify([ran, at]);
    expect(canaries).toHaveLength(2);
    for (const canary of canaries) expect(everything).not.toContain(canary);
  });
});

describe("the drift workflow on a stack of the plugin", () => {
  const ran: Record<string, readonly Ran[]> = {};
  const issues: Record<string, Runner["repository"]["issues"]> = {};

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const github = new Runner(project);
        program(project, "plugin", 10);
        ran.apply = await github.job("apply", "apply", "Apply");
        ran.clean = await github.job("drift", "drift");
        issues.clean = github.repository.issues;
        project.emulator.controls.updateKey("ci-bot", { budget: 999 });
        ran.drift = await github.job("drift", "drift");
        issues.drift = github.repository.issues;
      }),
    CLI_TIMEOUT_MS,
  );

  test("is silent without drift", () => {
    expect([codes(ran.apply), codes(ran.clean)]).toEqual([[0], [0, 0, 0]]);
    expect(issues.clean).toEqual([]);
  });

  test("opens an issue with the line that differs", () => {
    expect(codes(ran.drift)).toEqual([0, 0, 0]);
    expect(issues.drift).toMatchObject([{ title: "Drift in the stack test", state: "open" }]);
    expect(issues.drift?.[0]?.body).toMatch(
      /~ aixplain:index:ApiKey: \(update\)[\s\S]*~ budget: 10 => 999\n/,
    );
  });
});
