import { type CliProject, type Told, withCliProject } from "./project";
import { filesWith } from "./secrets";

export class Watch {
  readonly told: string[] = [];
  private readonly secrets = new Set<string>();

  constructor(private readonly project: CliProject) {
    this.secrets.add(project.emulator.adminKey);
  }

  async see(run: Promise<Told>): Promise<Told> {
    const told = await run;
    this.told.push(told.text);
    for (const { accessKey } of this.project.emulator.controls.keys()) this.secrets.add(accessKey);
    return told;
  }

  async expectNoSecret(): Promise<void> {
    const texts = [...this.told, await this.project.exportedState()];
    for (const secret of this.secrets) for (const text of texts) expect(text).not.toContain(secret);
    expect(filesWith(this.project.backend.directory, [...this.secrets])).toEqual([]);
  }
}

export const play = (scene: (project: CliProject, watch: Watch) => Promise<void>) => () =>
  withCliProject(async (project) => {
    const watch = new Watch(project);
    await scene(project, watch);
    await watch.expectNoSecret();
  });
