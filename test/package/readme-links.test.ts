import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "./npm";

interface Manifest {
  readonly name: string;
  readonly repository: { readonly directory?: string };
}

/** The page of a package resolves the links of its README from the folder that `repository.directory` names. */
test.each(["", "emulator", "policies"])(
  "on the package page of %p every link of the README leads somewhere",
  (folder) => {
    const { repository } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Manifest;
    const readme = readFileSync(join(ROOT, folder, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? "");
    expect(links.length).toBeGreaterThan(0);
    const targets = links.map((link) => posix.normalize(posix.join(repository.directory ?? "", link)));
    const dead = targets.filter((target) => target.startsWith("..") || !existsSync(join(ROOT, target)));
    expect(dead).toEqual([]);
  },
);
