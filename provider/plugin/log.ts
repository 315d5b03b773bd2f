import { AsyncLocalStorage } from "node:async_hooks";
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

export type Severity = "info" | "warning";

const SEVERITIES = { info: LogSeverity.INFO, warning: LogSeverity.WARNING } as const;

/** Shows a line about a resource. The engine hides a plugin's stdout and stderr. */
export type EngineLog = (
  urn: string,
  severity: Severity,
  message: string,
  /** A status is shown beside the resource and not kept. */
  ephemeral: boolean,
) => Promise<void>;

/** The engine's log service. Lines to an engine that has ended are dropped. */
export function engineLog(address: string): EngineLog {
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

/** Reports every line with the resource of the current operation, before that operation is answered. */
export class ResourceLog {
  private readonly operations = new AsyncLocalStorage<Operation>();

  constructor(private engine: EngineLog) {}

  attach(engine: EngineLog): void {
    this.engine = engine;
  }

  async during<T>(urn: string, work: () => Promise<T>): Promise<T> {
    const operation: Operation = { urn, lines: [] };
    try {
      return await this.operations.run(operation, work);
    } finally {
      await Promise.all(operation.lines);
    }
  }

  write(severity: Severity, message: string): void {
    this.send(severity, message, false);
  }

  status(message: string): void {
    this.send("info", message, true);
  }

  private send(severity: Severity, message: string, ephemeral: boolean): void {
    const operation = this.operations.getStore();
    const line = this.engine(operation?.urn ?? "", severity, message, ephemeral);
    operation?.lines.push(line);
  }
}
