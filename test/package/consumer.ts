import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type ModuleKind = "commonjs" | "module";

const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { ApiKey, type ApiKeyArgs, type ApiKeyUsage, getUsageOutput } from "pulumi-aixplain";

const args: ApiKeyArgs = {
  budget: pulumi.output(10),
  expiresAt: new Date("2099-01-31"),
  globalLimits: { tokensPerDay: 1000, tokenType: "output" },
};
const key = new ApiKey("packed", args);
// @ts-expect-error a budget is a number: the types of the package are really there
const wrong: ApiKeyArgs = { budget: "10" };
export const accessKey: pulumi.Output<string> = key.accessKey;
export const usage: pulumi.Output<ApiKeyUsage> = getUsageOutput({ id: key.id });
export const nothing = typeof wrong === "object" ? key.expiresAt : undefined;
`;

const COMPILER_OPTIONS = {
  module: "node16",
  moduleResolution: "node16",
  target: "es2022",
  lib: ["es2022"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  outDir: "bin",
};

/** A Pulumi program as a user writes it. Pulumi compiles a CommonJS one itself; ES modules are compiled beforehand. */
export function writeProgram(directory: string, kind: ModuleKind): void {
  const compiled = kind === "module";
  const json = (file: string, content: object): void =>
    writeFileSync(join(directory, file), `${JSON.stringify(content, null, 2)}\n`);
  json("package.json", {
    name: "consumer",
    private: true,
    type: kind,
    main: compiled ? "bin/index.js" : "index.ts",
  });
  json("tsconfig.json", { compilerOptions: COMPILER_OPTIONS, files: ["index.ts"] });
  writeFileSync(join(directory, "index.ts"), PROGRAM);
  const options = compiled ? "\n  options:\n    typescript: false" : "";
  writeFileSync(join(directory, "Pulumi.yaml"), `name: consumer\nruntime:\n  name: nodejs${options}\n`);
}

const strictly = { strict: true, outDir: "bin", sourceMap: true, experimentalDecorators: true, pretty: true };
const checks = {
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

/** The compiler options of `pulumi new typescript`: the oldest and the newest of the SDK's version 3. */
export const TEMPLATES = [
  { title: "template of 2019 to 2024", target: "es2016", module: "commonjs", moduleResolution: "node" },
  { title: "template of 2026", target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
].map(({ title, ...kind }) => ({ title, compilerOptions: { ...strictly, ...kind, ...checks } }));

/** With words that the TypeScript 3.8 in Pulumi's SDK knows, which compiles where a project has no other. */
const TEMPLATE_PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { ApiKey, ApiKeyArgs, ApiKeyUsage, ExistingApiKey, getUsage, getUsageOutput, ModelUsage } from "pulumi-aixplain";
import { ApiKey as NativeApiKey, Provider } from "pulumi-aixplain/native";

const args: ApiKeyArgs = { budget: pulumi.output(10), globalLimits: { tokensPerDay: 1000, tokenType: "output" } };
const key = new ApiKey("packed", args);
export const native = (provider: Provider): NativeApiKey => new NativeApiKey("native", args, { provider });
export const accessKey: pulumi.Output<string> = key.accessKey;
export const usage: pulumi.Output<ApiKeyUsage> = key.usage;
export const ofModel: pulumi.Output<ModelUsage> = key.usageOf("6661df926d36df3b878e0697");
const secret: pulumi.Output<string> = pulumi.secret("key");
export const output = (): pulumi.Output<ApiKeyUsage> => getUsageOutput({ id: key.id, apiKey: secret });
export const plain = (): Promise<ApiKeyUsage> => getUsage({ id: "id" });
export const looked = (): ExistingApiKey => ApiKey.get("other", "id", { dependsOn: [key] });
export const none = (): pulumi.Output<undefined> => looked().accessKey;
export const after = (): ApiKey => new ApiKey("after", {}, { dependsOn: [looked()] });
`;

/** A project as a template makes it, with a program that names every type that a program needs. */
export function writeTemplate(directory: string, compilerOptions: object): void {
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  writeFileSync(join(directory, "index.ts"), TEMPLATE_PROGRAM);
  writeFileSync(join(directory, "Pulumi.yaml"), "name: consumer\nruntime: nodejs\n");
}

/**
 * A project whose `pulumi-aixplain` is a link to a package elsewhere, as `npm link` and workspaces make it. Everything
 * else is what `installed` has, so that the program and the package have a Pulumi SDK each.
 */
export function linkTo(target: string, installed: string, directory: string): string {
  const modules = join(directory, "node_modules");
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(installed, "node_modules"))) {
    const source = name === "pulumi-aixplain" ? target : join(installed, "node_modules", name);
    symlinkSync(source, join(modules, name), "junction");
  }
  return directory;
}
