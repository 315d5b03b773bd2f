import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { ConcurrentUpdateError } from "@pulumi/pulumi/automation";
import { handOut, takeBack } from "./keys";

interface Answer {
  readonly status: number;
  readonly body?: object;
}

const { PORT = "8080", SERVICE_TOKEN } = process.env;
if (!SERVICE_TOKEN) throw new Error("Set SERVICE_TOKEN: whoever knows it gets keys.");
const expected = Buffer.from(`Bearer ${SERVICE_TOKEN}`);

function mayAsk({ headers }: IncomingMessage): boolean {
  const given = Buffer.from(headers.authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function answer(request: IncomingMessage): Promise<Answer> {
  if (request.url === "/health") return { status: 200 };
  if (!mayAsk(request)) return { status: 401 };
  // It becomes the name of a stack.
  const [, member] = /^\/keys\/([a-z][a-z0-9-]{0,39})$/.exec(request.url ?? "") ?? [];
  if (member === undefined) return { status: 404 };
  if (request.method === "PUT") return { status: 200, body: { accessKey: await handOut(member) } };
  if (request.method !== "DELETE") return { status: 405 };
  await takeBack(member);
  return { status: 204 };
}

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request).catch((error: Error): Answer => {
    if (error instanceof ConcurrentUpdateError) return { status: 409 };
    // The output of Pulumi has no secret in clear text. It is for the log of the service, not for its callers.
    process.stderr.write(`${error.message}\n`);
    return { status: 500 };
  });
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(body && JSON.stringify(body));
});

server.listen(Number(PORT), "127.0.0.1");
// Updates that are under way come to their end.
process.on("SIGTERM", () => server.close());
