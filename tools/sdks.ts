/** `npm run sdks -- <directory>`: writes the schema of the plugin and its SDKs for Python and Go. */
import { resolve } from "node:path";
import { generateSdks } from "./sdks/generate";

async function main([directory]: readonly string[]): Promise<number> {
  if (directory === undefined) {
    process.stderr.write("usage: npm run sdks -- <directory>\n");
    return 2;
  }
  await generateSdks(resolve(directory));
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
