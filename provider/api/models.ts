import type { Client } from "./client";
import { wireModel } from "./wire";

/** Turns model paths into ids, each path at most once in the life of the process. */
export class ModelsApi {
  private readonly ids = new Map<string, Promise<string>>();

  constructor(private readonly client: Client) {}

  /**
   * The id of the model at a path.
   * @throws NotFoundError where there is no such model
   */
  idOf(path: string): Promise<string> {
    const asked = this.ids.get(path);
    if (asked) return asked;
    const asking = this.client
      .call({ method: "GET", path: `/v2/models/${encodeURIComponent(path)}` }, wireModel)
      .then(({ id }) => id);
    this.ids.set(path, asking);
    // A failure is not remembered: the next resource asks again.
    asking.catch(() => this.ids.delete(path));
    return asking;
  }
}
