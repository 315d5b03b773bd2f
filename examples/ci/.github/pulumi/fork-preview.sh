#!/usr/bin/env bash
# Previews the program without any secret: with an empty state, against the emulator. Every resource is shown as to be
# created. A program that needs settings finds them in Pulumi.fork.yaml, in plain text.
set -euo pipefail
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
export PULUMI_BACKEND_URL="file://$state" PULUMI_CONFIG_PASSPHRASE=fork
pulumi stack select --create fork --non-interactive
npx --no-install aixplain-emulator exec -- pulumi preview --diff --non-interactive --color never \
  --suppress-outputs --suppress-progress --stack fork
