import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { DefaultTheme } from "vitepress";

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

/** The decisions, each under its own title. */
function decisions(docs: string): DefaultTheme.SidebarItem[] {
  const folder = path.join(docs, "decisions");
  return readdirSync(folder)
    .filter((file) => file !== "README.md")
    .map((file) => {
      const [, title = file] = /^# (.+)$/m.exec(readFileSync(path.join(folder, file), "utf8")) ?? [];
      return page(title, `/decisions/${file.replace(/\.md$/, "")}`);
    });
}

export const sidebar = (docs: string): DefaultTheme.SidebarItem[] => [
  {
    text: "Start",
    items: [
      page("What this is", "/"),
      page("Install and configure", "/installation"),
      page("A first key", "/first-key"),
      page("From a script or the console", "/from-a-script"),
      page("Run it in CI", "/ci"),
    ],
  },
  {
    text: "Keys over time",
    items: [
      page("Rotation", "/rotation"),
      page("Day two: stop, boost, adopt, keep", "/day-two"),
      page("Sets of keys", "/key-sets"),
      page("Native plugin: import, move, accounts", "/plugin"),
      page("Policies", "/policies"),
      page("The command", "/command"),
    ],
  },
  {
    text: "When something is wrong",
    items: [
      page("Troubleshooting", "/troubleshooting"),
      page("Messages", "/messages"),
      page("Warnings", "/warnings"),
      page("Faults and what they leave", "/reliability"),
      page("Interrupted runs", "/interrupted-runs"),
    ],
  },
  {
    text: "Reference",
    items: [
      page("Properties, outputs, settings", "/reference"),
      page("What is not supported", "/not-supported"),
      page("Secrets and security", "/security"),
      page("Upgrade notes", "/upgrading"),
      page("A thousand keys", "/scale"),
      page("Ten thousand keys", "/fleet"),
    ],
  },
  {
    text: "Emulator",
    items: [
      page("Use the emulator", "/emulator"),
      page("Where it may differ", "/emulator-differences"),
      page("The platform's SDK against it", "/conformance"),
    ],
  },
  {
    text: "Project",
    collapsed: true,
    items: [
      page("Architecture", "/architecture"),
      page("A year of rotations", "/rotation-year"),
      page("Releases", "/releasing"),
      page("Dependencies", "/supply-chain"),
      page("Mutation testing", "/mutation"),
    ],
  },
  { text: "Decisions", collapsed: true, items: [page("All decisions", "/decisions/"), ...decisions(docs)] },
];
