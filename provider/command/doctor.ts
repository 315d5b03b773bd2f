import { Command, Option } from "commander";
import { type Connection, connect } from "../api/connect";
import { ForbiddenError } from "../api/errors";
import { axiosTransport } from "../api/http";
import { AixplainError } from "../core/errors";
import type { LiveKey } from "../core/model";
import { type ConnectionOptions, settingsFor, withConnectionOptions } from "./connection";
import { CommandError, EXIT, exitCodeOf } from "./exit-code";
import { exportedInPlain } from "./plain-keys";
import { fileState, type StackState, stackState } from "./stack-state";
import type { Terminal } from "./terminal";

interface DoctorOptions extends ConnectionOptions {
  readonly state?: string;
  readonly json?: boolean;
}

class UnhealthyError extends CommandError {
  override readonly name = "UnhealthyError";
}

interface Finding {
  readonly check: "address" | "key" | "clock" | "slots" | "outputs";
  readonly status: "ok" | "warning" | "failed";
  readonly message: string;
}

/** With a larger difference, windows and expiries start in another minute than on the platform. In milliseconds. */
const MAX_CLOCK_DIFFERENCE_MS = 30_000;

function clock(date: string | undefined, asked: number, answered: number): Finding {
  const platformTime = Date.parse(date ?? "");
  if (Number.isNaN(platformTime)) {
    return {
      check: "clock",
      status: "warning",
      message: "the platform's answer has no time, so the clock was not compared",
    };
  }
  // The header has whole seconds: on average it is half a second old.
  const difference = Math.round((platformTime + 500 - (asked + answered) / 2) / 1000);
  const off = Math.abs(difference);
  const message = `this machine is ${off === 1 ? "1 second" : `${off} seconds`} ${difference > 0 ? "behind" : "ahead of"} the platform`;
  return off * 1000 > MAX_CLOCK_DIFFERENCE_MS
    ? {
        check: "clock",
        status: "warning",
        message: `${message}: set the clock. The check of expiresAt and the reset times would be wrong`,
      }
    : { check: "clock", status: "ok", message: off === 0 ? "same time as the platform" : message };
}

function slots(keys: readonly LiveKey[]): Finding {
  const admins = keys.filter(({ isAdmin }) => isAdmin).length;
  return {
    check: "slots",
    status: "ok",
    message: `keys in the account: ${keys.length}, admin keys among them: ${admins}; the platform does not show how many keys an account can have`,
  };
}

function outputs(state: StackState, keys: readonly LiveKey[], adminKey: string): Finding[] {
  const found = exportedInPlain(state, keys, adminKey);
  if (found.length === 0) {
    return [
      {
        check: "outputs",
        status: "ok",
        message: `no access key in plain text in the state of ${state.source}`,
      },
    ];
  }
  return found.map(({ where, key }) => ({
    check: "outputs",
    status: "failed",
    message: `${where} contains ${key} in plain text: keep it a secret (remove pulumi.unsecret, or add pulumi.secret), run pulumi up, and replace the key, because older states still contain it`,
  }));
}

async function examine(
  options: DoctorOptions,
  terminal: Terminal,
): Promise<{ findings: Finding[]; code: number }> {
  const { state: file, stack, cwd = "." } = options;
  const settings = await settingsFor(options, terminal.env);
  const state =
    file !== undefined
      ? fileState(file)
      : stack === undefined
        ? undefined
        : await stackState({ stack, cwd, env: terminal.env });
  const transport = axiosTransport({ ...settings, baseUrl: settings.backendUrl });
  let last: { date: string | undefined; asked: number; answered: number } | undefined;
  const connection: Connection = connect(settings, {
    report: terminal.err,
    transport: async (request) => {
      const asked = connection.now();
      const response = await transport(request);
      last = { date: response.headers.date, asked, answered: connection.now() };
      return response;
    },
  });
  const address = (): Finding[] => {
    if (!last) return [];
    const { date, asked, answered } = last;
    const reached = `${settings.backendUrl} answered in ${answered - asked} ms`;
    return [{ check: "address", status: "ok", message: reached }, clock(date, asked, answered)];
  };
  try {
    const keys = (await connection.keys.list()).map((key) => key.live());
    const kind: Finding = {
      check: "key",
      status: "ok",
      message: "an admin key, which is required to manage keys",
    };
    const inPlain = state ? outputs(state, keys, settings.apiKey) : [];
    const failed = inPlain.some(({ status }) => status === "failed");
    return {
      findings: [...address(), kind, slots(keys), ...inPlain],
      code: failed ? EXIT.failed : EXIT.done,
    };
  } catch (error) {
    if (!(error instanceof AixplainError)) throw error;
    const check = last ? "key" : "address";
    const message = error instanceof ForbiddenError ? `a member key: ${error.message}` : error.message;
    return { findings: [...address(), { check, status: "failed", message }], code: exitCodeOf(error) };
  }
}

export const doctor = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("doctor"))
    .description(
      "check the backend address, the kind of key, the clock and the account; with a state, also look for access keys in plain text",
    )
    .addOption(new Option("--state <file>", "check a state written by pulumi stack export"))
    .option("--json", "print JSON, with one entry per check")
    .action(async (options: DoctorOptions) => {
      const { findings, code } = await examine(options, terminal);
      if (options.json) terminal.out(JSON.stringify({ findings }, null, 2));
      else {
        for (const { check, status, message } of findings) {
          terminal.out(`${status.padEnd(7)}  ${check.padEnd(7)}  ${message}`);
        }
      }
      if (code === EXIT.done) return;
      const failed = findings.filter(({ status }) => status === "failed").length;
      throw new UnhealthyError(`${failed} of ${findings.length} checks failed`, code);
    });
