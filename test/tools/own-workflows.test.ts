import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = join(__dirname, "..", "..");
const FOLDER = join(ROOT, ".github", "workflows");

const permissions = z.record(z.string(), z.string());
const schema = z.object({
  permissions,
  jobs: z.record(
    z.string(),
    z.object({
      uses: z.string().optional(),
      permissions: permissions.optional(),
      "timeout-minutes": z.number().optional(),
      steps: z
        .array(
          z.object({
            uses: z.string().optional(),
            run: z.string().optional(),
            with: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .default([]),
    }),
  ),
});

const FILES = readdirSync(FOLDER);
const textOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");
const workflows = FILES.map((file) => ({ file, ...schema.parse(parse(textOf(file))) }));
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ title: `${file}: ${name}`, job })),
);
const steps = jobs.flatMap(({ title, job }) => job.steps.map((step) => ({ title, step })));

test("every action is pinned to a commit, one for all workflows and examples, with its version beside it", () => {
  const examples = join(ROOT, "examples", "ci", ".github", "workflows");
  const texts = [
    ...FILES.map(textOf),
    ...readdirSync(examples).map((file) => readFileSync(join(examples, file), "utf8")),
  ];
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => /uses: (?!\.\/)/.test(line));
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const pins = [...new Set(lines.map((line) => line.replace(/.*uses: /, "")))];
  expect(new Set(pins.map((pin) => pin.split("@")[0])).size).toBe(pins.length);
});

test("a workflow may read the repository; two jobs of the release and the one that publishes the site may do more", () => {
  for (const workflow of workflows) expect(workflow.permissions).toEqual({ contents: "read" });
  const more = jobs.filter(({ job }) => job.permissions).map(({ title, job }) => [title, job.permissions]);
  expect(more).toEqual([
    ["release.yml: publish", { contents: "read", "id-token": "write" }],
    ["release.yml: github", { contents: "write" }],
    ["site.yml: deploy", { pages: "write", "id-token": "write" }],
  ]);
});

test("the job that signs installs nothing and runs one file", () => {
  const publish = jobs.find(({ title }) => title === "release.yml: publish");
  expect(publish?.job.steps.flatMap(({ run }) => run ?? [])).toEqual([
    'node .github/release/publish.mjs release "$SUMS"',
  ]);
});

test.each(jobs.filter(({ job }) => job.uses === undefined))("$title ends by itself", ({ job }) => {
  expect(job["timeout-minutes"]).toBeLessThanOrEqual(120);
});

test.each(steps)(
  "$title keeps expressions out of the shell, and its token out of the checkout",
  ({ step }) => {
    expect(step.run ?? "").not.toContain("${{");
    if (step.uses?.startsWith("actions/checkout@"))
      expect(step.with).toMatchObject({ "persist-credentials": false });
  },
);

test("the commands that the workflows run exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const weekly = /command: \[(.*)\]/.exec(textOf("weekly.yml"))?.[1] ?? "";
  const named = [
    ...[
      ...FILES.map(textOf)
        .join("\n")
        .matchAll(/npm run ([\w:]+)/g),
    ].map(([, name]) => name ?? ""),
    ...weekly.split(",").map((name) => name.replaceAll('"', "").trim()),
  ];
  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
