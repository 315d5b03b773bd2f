#!/usr/bin/env node
import { run } from "./run";
import { processTerminal } from "./terminal";

run(process.argv.slice(2), processTerminal(process)).then((code) => {
  process.exitCode = code;
});
