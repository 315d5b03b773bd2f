/** `npm run archives -- <directory>`: writes the archives by which `pulumi plugin install` gets the plugin. */
import { writeArchives } from "./release/archives";

function main([target]: readonly string[]): number {
  if (target === undefined) {
    process.stderr.write("usage: npm run archives -- <directory>\n");
    return 2;
  }
  for (const archive of writeArchives(target)) process.stdout.write(`${archive}\n`);
  return 0;
}

process.exitCode = main(process.argv.slice(2));
