import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { AixplainError } from "../core/errors";
import type { Redactor } from "../core/secret";
import { presentable, UnexpectedError } from "../core/unexpected";
import type { PartialError } from "../lifecycle/errors";
import { type Properties, toStruct } from "./values";

export class UnfinishedKeyError extends AixplainError {
  override readonly name = "UnfinishedKeyError";
  constructor(
    override readonly cause: PartialError,
    readonly outputs: Properties,
  ) {
    super(cause.message, { cause });
  }
}

/** In the error details: the engine keeps the key in the state and repairs it with the next update. */
function detailsOf(
  { cause: { id, reasons }, message, outputs }: UnfinishedKeyError,
  redactor: Redactor,
): Metadata {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(toStruct(outputs));
  failed.setReasonsList(reasons.map((each) => redactor.redact(each)));
  failed.setRefreshBeforeUpdate(true);
  const packed = new Any();
  packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status();
  whole.setCode(status.UNKNOWN);
  whole.setMessage(message);
  whole.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return metadata;
}

/** Removes secrets. `onStack` receives the stack of a bug. */
export function toServiceError(
  error: unknown,
  redactor: Redactor,
  onStack: (stack: string) => void,
): Partial<ServiceError> {
  const shown = presentable(error, redactor);
  if (shown instanceof UnexpectedError) onStack(String(shown.stack));
  return {
    code: status.UNKNOWN,
    details: shown.message,
    ...(shown instanceof UnfinishedKeyError ? { metadata: detailsOf(shown, redactor) } : {}),
  };
}
