#!/usr/bin/env bash
# report.sh <pulumi arguments>: keeps what Pulumi says of the stack $STACK in reports/$STACK.txt, and its exit code in
# reports/$STACK.code: 0 no changes, 7 changes, anything else a failure, which fails this script as well.
set -uo pipefail
mkdir -p reports
pulumi "$@" --expect-no-changes --non-interactive --color never --suppress-outputs --suppress-progress \
  --stack "$STACK" 2>&1 | tee "reports/$STACK.txt"
code=${PIPESTATUS[0]}
echo "$code" >"reports/$STACK.code"
[[ $code == 0 || $code == 7 ]] || exit "$code"
