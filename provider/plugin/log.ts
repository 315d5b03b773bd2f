import { AsyncLocalStorage } from "node:async_hooks";
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export type Severity = "info" | "warning";

const SEVERITIES = { info: LogSeverity.INFO, warning: LogSeverity.WARNING } as const;

/** Tells the person at the terminal a line about one resource; the engine hides a plugin's stdout and stderr. */
export type Tell = (
  urn: string,
  severity: Severity,
  message: string,
  /** Whether the line is a status: shown beside the resource while it lasts, and not kept. */
  ephemeral: boolean,
) => Promise<void>;

/** The engine's own log service. An engine that is gone by now hears nothing, and that is no error. */
export function engineLog(address: string): Tell {
  const client = new EngineClient(address, credentials.createInsecure());
  return (urn, severity, message, ephemeral) => {
    const request = new LogRequest();
    request.setUrn(urn);
    request.setSeverity(SEVERITIES[severity]);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    return new Promise((done) => client.log(request, () => done()));
  };
}

interface Operation {
  readonly urn: string;
  readonly lines: Promise<void>[];
}

/** Says every line against the resource of the operation in which it comes up, before that operation is answered. */
export class ResourceLog {
  private readonly operations = new AsyncLocalStorage<Operation>();

  constructor(private tell: Tell) {}

  /** Goes on with another engine. */
  attach(tell: Tell): void {
    this.tell = tell;
  }

  async during<T>(urn: string, work: () => Promise<T>): Promise<T> {
    const operation: Operation = { urn, lines: [] };
    try {
      return await this.operations.run(operation, work);
    } finally {
      await Promise.all(operation.lines);
    }
  }

  say(severity: Severity, message: string): void {
    this.send(severity, message, false);
  }

  /** Shows what a resource is doing, for as long as it does it. */
  status(message: string): void {
    this.send("info", message, true);
  }

  private send(severity: Severity, message: string, ephemeral: boolean): void {
    const operation = this.operations.getStore();
    const line = this.tell(operation?.urn ?? "", severity, message, ephemeral);
    operation?.lines.push(line);
  }
}
