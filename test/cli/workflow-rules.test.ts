import { existsSync } from "node:fs";
import { join } from "node:path";
import { CI, NAMES, type Step, textOf, workflowOf } from "./ci/workflow";

/** What a job may do beyond reading the repository. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  comment: { "pull-requests": "write" },
  drift: { issues: "write" },
  rotation: { deployments: "read" },
};

const SECRET = /\$\{\{ (secrets\.|github\.token)/;

const jobs = NAMES.flatMap((workflow) =>
  Object.entries(workflowOf(workflow).jobs).map(([name, job]) => ({ workflow, name, job })),
);
const steps = jobs.flatMap(({ workflow, name, job }) =>
  job.steps.map((step, index) => ({ title: `${workflow}: ${name}, step ${index + 1}`, step })),
);
const actions = NAMES.flatMap((name) => textOf(name).split("\n")).filter((line) => line.includes("uses:"));
const secretsOf = ({ env = {} }: Step) => Object.values(env).filter((value) => SECRET.test(value));

test("there are the four workflows that docs/ci.md tells of", () => {
  expect(NAMES).toEqual(["apply", "drift", "preview", "rotation"]);
});

test("every action is pinned to a commit, with its version beside it, and to one only", () => {
  expect(actions.length).toBeGreaterThan(10);
  for (const line of actions) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const pins = [...new Set(actions.map((line) => line.replace(/.*uses: /, "")))];
  expect(new Set(pins.map((pin) => pin.split("@")[0])).size).toBe(pins.length);
});

test.each(NAMES)(
  "%s has no rights but those of its jobs, and does not run for a fork with the rights of the base",
  (name) => {
    expect(workflowOf(name).permissions).toEqual({});
    expect(textOf(name)).not.toMatch(/pull_request_target|workflow_run/);
  },
);

test.each(jobs)("$workflow: $name has the least rights, an end, and a queue of its own", ({ name, job }) => {
  expect(job.permissions).toEqual({ contents: "read", ...RIGHTS[name] });
  expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  const { group, "cancel-in-progress": cancelled } = job.concurrency;
  expect(group).toContain(job.strategy ? "{{ matrix.stack }}" : "{{ github.event.pull_request.number }}");
  // Only what changes nothing may be stopped in the middle.
  expect(cancelled && ["apply", "rotation"].includes(name)).toBe(false);
});

test("an apply and a rotation of a stack wait for each other, in different environments", () => {
  const of = (name: string) => workflowOf(name).jobs[name];
  expect(of("apply")?.concurrency).toEqual(of("rotation")?.concurrency);
  expect(of("apply")?.environment).not.toBe(of("rotation")?.environment);
});

test.each(steps)(
  "$title keeps expressions out of the shell, and secrets from what does not need them",
  ({ step }) => {
    expect(step.run ?? "").not.toContain("${{");
    if (step.uses?.startsWith("actions/checkout@"))
      expect(step.with).toMatchObject({ "persist-credentials": false });
    for (const [, file] of (step.run ?? "").matchAll(/(\.github\/\S+)/g))
      expect(existsSync(join(CI, file ?? ""))).toBe(true);
    const own = secretsOf(step);
    const isToken = own.some((value) => value.includes("github.token"));
    // The token of GitHub and the secrets of Pulumi are never in one process.
    if (isToken) expect(own).toHaveLength(1);
    else if (own.length > 0) expect(step.run).toMatch(/^(pulumi|bash \.github\/pulumi\/report\.sh) /);
  },
);

test("no secret reaches the job of a fork", () => {
  const { fork } = workflowOf("preview").jobs;
  expect(fork?.environment).toBeUndefined();
  expect(fork?.steps.flatMap(secretsOf)).toEqual([]);
});
