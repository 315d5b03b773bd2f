import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Published {
  readonly name: string;
  readonly "dist-tags": Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, { readonly dist: { readonly integrity: string } }>>;
}

/** A package registry on loopback that takes what `npm publish` sends, and shows it to `npm view`. */
export interface Registry {
  readonly url: string;
  /** "name version digest", in the order in which they came. */
  readonly published: readonly string[];
  close(): Promise<void>;
}

export function startRegistry(): Promise<Registry> {
  const packages = new Map<string, Published>();
  const published: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? "").slice(1).split("?")[0] ?? "");
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.method === "GET") {
        const held = packages.get(name);
        return held ? answer(200, held) : answer(404, { error: "Not found" });
      }
      const sent = JSON.parse(Buffer.concat(chunks).toString()) as Published;
      for (const [version, { dist }] of Object.entries(sent.versions))
        published.push(`${name} ${version} ${dist.integrity}`);
      packages.set(name, sent);
      return answer(201, { ok: true });
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const close = () => new Promise<void>((done) => server.close(() => done()));
      resolve({ url: `http://127.0.0.1:${port}/`, published, close });
    });
  });
}
