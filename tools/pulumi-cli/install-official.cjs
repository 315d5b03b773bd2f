// Child process of download.ts: `node install-official.cjs <root> <version>` installs the official release into <root>/bin.
const { PulumiCommand } = require("@pulumi/pulumi/automation");

const [root, version] = process.argv.slice(2);
// The version check needs a SemVer object. The CLI is verified later.
PulumiCommand.install({ root, version, skipVersionCheck: true }).catch((error) => {
  process.stderr.write(`${error.commandResult?.stderr || error.message}\n`);
  process.exitCode = 1;
});
