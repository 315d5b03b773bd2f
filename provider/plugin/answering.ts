import type { handleUnaryCall, ServiceError } from "@grpc/grpc-js";
import { AixplainError } from "../core/errors";
import type { Plugin } from "./plugin";
import { API_KEY_TYPE } from "./tokens";

export class InFlight {
  private readonly works = new Set<Promise<unknown>>();

  track<T>(work: Promise<T>): Promise<T> {
    this.works.add(work);
    const done = (): void => void this.works.delete(work);
    work.then(done, done);
    return work;
  }

  get isEmpty(): boolean {
    return this.works.size === 0;
  }

  async end(): Promise<void> {
    while (this.works.size > 0) await Promise.allSettled(this.works);
  }
}

interface Located {
  getUrn(): string;
}

/** @throws AixplainError for a resource type of another provider */
function demandOurs(urn: string): void {
  const type = urn.split("::")[2]?.split("$").at(-1);
  if (type === API_KEY_TYPE) return;
  throw new AixplainError(`${type} is not a resource of this provider`, {
    next: `Use a resource of this provider: ${API_KEY_TYPE}`,
  });
}

/** Turns functions that return or throw into handlers of the protocol. */
export function answering(plugin: Plugin, inFlight: InFlight) {
  const answer = <Q, A>(
    handle: (request: Q) => Promise<A> | A,
    urnOf: (request: Q) => string,
  ): handleUnaryCall<Q, A> => {
    const attempt = async (
      request: Q,
    ): Promise<{ readonly error: Partial<ServiceError> | null; readonly response?: A }> => {
      try {
        return { error: null, response: await handle(request) };
      } catch (error) {
        return { error: plugin.refusal(error) };
      }
    };
    return ({ request }, done) => {
      const work = plugin.log.during(urnOf(request), () => attempt(request));
      void inFlight.track(work).then(({ error, response }) => done(error, response));
    };
  };
  const unary = <Q, A>(handle: (request: Q) => Promise<A> | A) => answer<Q, A>(handle, () => "");
  const onResource = <Q extends Located, A>(handle: (request: Q) => Promise<A>) =>
    answer<Q, A>(
      (request) => {
        demandOurs(request.getUrn());
        return handle(request);
      },
      (request) => request.getUrn(),
    );
  return { unary, onResource };
}
