import type { Client } from "./client";
import { wireModel } from "./wire";

export interface Model {
  readonly id: string;
  /** Such as `openai/gpt-4o-mini/openai`; absent if the platform returns none. */
  readonly path?: string;
  readonly name?: string;
}

/** Looks up models, each at most once per process. */
export class ModelsApi {
  private readonly models = new Map<string, Promise<Model>>();
  private readonly spellings = new Set<string>();

  constructor(private readonly client: Client) {}

  /** @throws NotFoundError if there is no such model */
  get(idOrPath: string): Promise<Model> {
    const asked = this.models.get(idOrPath);
    if (asked) return asked;
    const asking = this.ask(idOrPath);
    this.models.set(idOrPath, asking);
    asking.catch(() => this.models.delete(idOrPath));
    return asking;
  }

  known(): readonly string[] {
    return [...this.spellings];
  }

  /** @throws NotFoundError if there is no model at the path */
  async idOf(path: string): Promise<string> {
    return (await this.get(path)).id;
  }

  private async ask(idOrPath: string): Promise<Model> {
    const request = { method: "GET", path: `/v2/models/${encodeURIComponent(idOrPath)}` } as const;
    const { id, path, name } = await this.client.call(request, wireModel);
    for (const spelling of [idOrPath, id, path]) if (spelling) this.spellings.add(spelling);
    return { id, ...(path ? { path } : {}), ...(name ? { name } : {}) };
  }
}
