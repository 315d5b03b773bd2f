export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Address {
  readonly url: string;
  readonly runsUrl: string;
  readonly adminKey: string;
}

const TIMEOUT_MS = 60_000;

export class Service {
  constructor(
    readonly address: Address,
    private readonly send: typeof fetch = fetch,
  ) {}

  read(path: string, headers: Record<string, string> = this.admin()): Promise<Answer> {
    return this.call("GET", `${this.address.url}${path}`, headers);
  }

  write(method: "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<Answer> {
    return this.call(method, `${this.address.url}${path}`, this.admin(), body);
  }

  run(model: string, accessKey: string): Promise<Answer> {
    const url = `${this.address.runsUrl}/${encodeURIComponent(model)}`;
    return this.call("POST", url, { "x-api-key": accessKey }, { data: "Hello", max_tokens: 1 });
  }

  admin(): Record<string, string> {
    return { "x-api-key": this.address.adminKey };
  }

  private async call(
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<Answer> {
    const answer = await this.send(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: answer.status, body: parse(await answer.text()) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
