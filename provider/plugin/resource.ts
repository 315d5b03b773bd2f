import {
  CheckFailure,
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  type DiffResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Connection } from "../api/connect";
import { problemInWords } from "../core/errors";
import { type ApiKeyInputs, type ApiKeyState, OPTIONS, type PreviewInputs } from "../core/model";
import { readState } from "../core/state";
import { PartialError } from "../lifecycle/errors";
import type { Lifecycle } from "../lifecycle/lifecycle";
import { diffResponse } from "./diff";
import { UnfinishedKeyError } from "./errors";
import type { ResourceLog } from "./log";
import { named } from "./naming";
import { previewOutputs } from "./preview";
import { imported, type Reading, refreshed } from "./read";
import { isProperties, type Properties, Received, toStruct, withSecret } from "./values";

export interface ResourceParts {
  readonly life: Lifecycle;
  readonly connection: Connection;
  readonly log: ResourceLog;
  readonly accessKeys: readonly string[];
}

/** The property that marks a key of the dynamic provider. */
const DYNAMIC = "__provider";

const withoutDynamic = ({ [DYNAMIC]: _, ...rest }: Properties): Properties => rest;

function asInputs<T extends PreviewInputs>(news: Received, ignoreChanges: readonly string[] = []): T {
  const options = { ignoreChanges, secrets: news.secretPaths };
  return { ...withoutDynamic(news.values), [OPTIONS]: options } as unknown as T;
}

const MOVED =
  "Keys of this stack move from the dynamic provider to the plugin. The keys themselves do not change. They cannot move back: " +
  "under the dynamic provider, the next update would replace every key. Keep a copy of the state (pulumi stack export) until you are sure.";

/**
 * Checked inputs for the state. The access key of an adoption becomes a secret, even if the program did not mark it.
 */
function checked(given: Received, { [OPTIONS]: _, ...inputs }: PreviewInputs): Properties {
  const marked = given.mark(inputs);
  const { adopt } = marked;
  return isProperties(adopt) ? { ...marked, adopt: withSecret(adopt, "accessKey") } : marked;
}

const outputs = (values: object, like: Received): Properties =>
  withSecret(like.mark({ ...values }), "accessKey");

async function writing<T>(news: Received, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw error instanceof PartialError
      ? new UnfinishedKeyError(error, outputs(error.properties, news))
      : error;
  }
}

export class ApiKeyResource {
  private moveReported = false;

  constructor(private readonly parts: ResourceParts) {}

  async check(request: CheckRequest): Promise<CheckResponse> {
    const olds = this.receive(request.getOlds());
    const given = this.receive(request.getNews());
    if (DYNAMIC in olds.values) this.reportMove();
    const { news, problems } = named(request.getUrn(), request.getAutonaming(), olds.values, given.values);
    const { inputs, failures } = await this.parts.life.check(
      withoutDynamic(olds.values),
      withoutDynamic(news),
      given.secretPaths,
    );
    const { redactor } = this.parts.connection;
    const response = new CheckResponse();
    // With a property, the engine would print its value, even a secret one.
    for (const problem of [...problems, ...failures]) {
      const failure = new CheckFailure();
      // A message quotes values.
      failure.setReason(redactor.redact(problemInWords(problem)));
      response.addFailures(failure);
    }
    if (inputs) response.setInputs(toStruct(checked(given, inputs)));
    return response;
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    const olds = this.receive(request.getOlds());
    const news = this.receive(request.getNews());
    const inputs = asInputs(news, request.getIgnorechangesList());
    const result = await this.parts.life.diff(request.getId(), olds.values, inputs);
    return diffResponse(result, olds.values, news.values);
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    this.warnOfTimeouts(request);
    const news = this.receive(request.getProperties());
    const response = new CreateResponse();
    response.setRefreshBeforeUpdate(true);
    if (request.getPreview()) {
      const expected = await this.expected(asInputs(news));
      return response.setProperties(toStruct(outputs(expected, news)));
    }
    const inputs = asInputs<ApiKeyInputs>(news);
    const { id, outs } = await writing(news, () => this.parts.life.create(inputs));
    return response.setId(id).setProperties(toStruct(outputs(outs, news)));
  }

  async read(request: ReadRequest): Promise<ReadResponse> {
    const state = this.receive(request.getProperties());
    const inputs = this.receive(request.getInputs());
    const isNew = readState(state.values).name === "";
    const result = isNew
      ? await imported(this.reading, request.getId())
      : await refreshed(this.reading, request.getId(), state.values);
    const response = new ReadResponse();
    if (result.id === "" || !result.props) return response;
    response.setId(result.id).setProperties(toStruct(outputs(result.props, state)));
    if (result.inputs) response.setInputs(toStruct(inputs.mark({ ...result.inputs })));
    return response.setRefreshBeforeUpdate(true);
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    this.warnOfTimeouts(request);
    const olds = this.receive(request.getOlds());
    const news = this.receive(request.getNews());
    const response = new UpdateResponse();
    response.setRefreshBeforeUpdate(true);
    if (request.getPreview()) {
      const state = readState(olds.values);
      const expected = await this.expected(asInputs(news), state);
      return response.setProperties(toStruct(outputs(expected, news)));
    }
    const inputs = asInputs<ApiKeyInputs>(news, request.getIgnorechangesList());
    const { outs } = await writing(news, () => this.parts.life.update(request.getId(), olds.values, inputs));
    return response.setProperties(toStruct(outputs(outs, news)));
  }

  async delete(request: DeleteRequest): Promise<void> {
    await this.parts.life.delete(request.getId(), this.receive(request.getProperties()).values);
  }

  private expected(inputs: PreviewInputs, state?: ApiKeyState): Promise<Properties> {
    const { life, connection } = this.parts;
    return previewOutputs(connection.models, inputs, life.now(), state);
  }

  private get reading(): Reading {
    const { life, connection, accessKeys, log } = this.parts;
    return { life, keys: connection.keys, accessKeys, warn: (line) => log.write("warning", line) };
  }

  private receive(struct: Struct | undefined): Received {
    return Received.from(struct, (secret) => this.parts.connection.redactor.add(secret));
  }

  /** In a preview as well. Only the Node.js package can refuse the option. */
  private warnOfTimeouts(request: { getTimeout(): number }): void {
    if (request.getTimeout() === 0) return;
    this.parts.log.write(
      "warning",
      "customTimeouts are ignored. Set the time-out of a call with pulumi config set aixplain:timeoutSeconds <seconds>.",
    );
  }

  /** Once per run. */
  private reportMove(): void {
    if (this.moveReported) return;
    this.moveReported = true;
    this.parts.log.write("warning", MOVED);
  }
}
