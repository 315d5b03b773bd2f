#!/usr/bin/env node
// Stands in for the command `gh`: a repository in the file $GH_STAND_IN, which records every call as well.
const { readFileSync, writeFileSync } = require("node:fs");

const BOT = { login: "github-actions[bot]" };
const file = process.env.GH_STAND_IN;
const repository = JSON.parse(readFileSync(file, "utf8"));

function answer(method, path, fields) {
  const [noun, id, below] = path.split("/");
  if (method === "GET" && path === "issues") return repository.issues.filter(({ state }) => state === "open");
  if (method === "POST" && path === "issues") {
    const issue = { number: repository.issues.length + 1, state: "open", user: BOT, ...fields };
    repository.issues.push(issue);
    return issue;
  }
  if (noun === "issues" && id === "comments" && method === "PATCH") {
    return Object.assign(
      repository.comments.find((each) => each.id === Number(below)),
      fields,
    );
  }
  if (noun === "issues" && below === "comments" && method === "GET") {
    return repository.comments.filter(({ on }) => on === Number(id));
  }
  if (noun === "issues" && below === "comments" && method === "POST") {
    const comment = { id: repository.comments.length + 1, on: Number(id), user: BOT, ...fields };
    repository.comments.push(comment);
    return comment;
  }
  if (noun === "issues" && method === "PATCH") {
    return Object.assign(
      repository.issues.find((each) => each.number === Number(id)),
      fields,
    );
  }
  if (noun === "deployments" && method === "GET") {
    return below === "statuses"
      ? repository.deployments.find((each) => each.id === Number(id)).statuses
      : repository.deployments;
  }
  throw new Error(`nobody answers ${method} ${path}`);
}

const args = process.argv.slice(2);
const method = args[args.indexOf("--method") + 1];
const address = new URL(args.at(-1), "https://github.invalid/");
const path = address.pathname.replace("/repos/acme/keys/", "");
if (args[0] !== "api" || !process.env.GH_TOKEN || path.startsWith("/")) {
  process.stderr.write(`gh cannot do this: ${args.join(" ")}\n`);
  process.exit(1);
}
const list = args.includes("--paginate");
const fields = list ? undefined : JSON.parse(readFileSync(0, "utf8"));
repository.calls.push(`${method} ${path}${address.search}`);
const found = answer(method, path, fields);
// One to a page, so that who reads the first page alone misses something.
process.stdout.write(JSON.stringify(list ? found.map((each) => [each]) : found));
writeFileSync(file, JSON.stringify(repository));
