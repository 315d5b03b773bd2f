/** Prices are credits per 1,000 tokens, with at most six decimals. */
export interface CatalogueModel {
  readonly id: string;
  readonly path?: string | undefined;
  readonly name: string;
  readonly supplier: string;
  readonly inputPrice: number;
  readonly outputPrice: number;
  /** Whether a synchronous call returns the result or a poll URL. */
  readonly connection: "synchronous" | "asynchronous";
  readonly supportsStreaming: boolean;
}

const chat = { connection: "synchronous", supportsStreaming: true } as const;

/**
 * The first two ids come from the platform's guide, the others from the SDK's documentation. Paths per id and prices
 * are invented.
 */
export const defaultCatalogue: readonly CatalogueModel[] = [
  {
    id: "6661df926d36df3b878e0697",
    path: "aixplain/guide-model/emulator",
    name: "Guide Model",
    supplier: "aiXplain",
    inputPrice: 0.5,
    outputPrice: 1.5,
    ...chat,
  },
  {
    id: "6414bd3cd09663e9225130e8",
    path: "aixplain/second-guide-model/emulator",
    name: "Second Guide Model",
    supplier: "aiXplain",
    inputPrice: 0.25,
    outputPrice: 0.75,
    ...chat,
  },
  {
    id: "640b517694bf816d35a59125",
    path: "aixplain/third-model/emulator",
    name: "Third Model",
    supplier: "aiXplain",
    inputPrice: 0.25,
    outputPrice: 0.75,
    ...chat,
  },
  {
    id: "669a63646eb56306647e1091",
    path: "openai/gpt-4o-mini/openai",
    name: "GPT-4o Mini",
    supplier: "OpenAI",
    inputPrice: 0.00015,
    outputPrice: 0.0006,
    ...chat,
  },
  {
    id: "69b7e5f1b2fe44704ab0e7d0",
    path: "openai/gpt-5.4/openai",
    name: "GPT-5.4",
    supplier: "OpenAI",
    inputPrice: 0.0025,
    outputPrice: 0.015,
    ...chat,
  },
  {
    id: "67fd9e2bef0365783d06e2f0",
    path: "aixplain/batch-model/emulator",
    name: "Batch Model",
    supplier: "aiXplain",
    inputPrice: 0.1,
    outputPrice: 0.2,
    connection: "asynchronous",
    supportsStreaming: false,
  },
];

const MODEL_ID = /^[0-9a-f]{24}$/i;

const foreignModel = (id: string): CatalogueModel => ({
  id,
  path: undefined,
  name: `Model ${id}`,
  supplier: "aiXplain",
  inputPrice: 0.1,
  outputPrice: 0.2,
  ...chat,
});

/** The models by id and by path. An open catalogue accepts every well-formed id. */
export class Catalogue {
  private readonly byIdOrPath = new Map<string, CatalogueModel>();
  private readonly partsOfPaths = new Set<string>();

  constructor(
    readonly models: readonly CatalogueModel[],
    readonly isOpen = false,
  ) {
    for (const model of models) {
      for (const price of [model.inputPrice, model.outputPrice]) nanoPerToken(price);
      for (const name of [model.id, model.path]) {
        if (name === undefined) continue;
        if (this.byIdOrPath.has(name)) throw new RangeError(`two models are named ${name}`);
        this.byIdOrPath.set(name, model);
        for (const part of name.split("/")) this.partsOfPaths.add(part);
      }
    }
  }

  find(idOrPath: string): CatalogueModel | undefined {
    const model = this.byIdOrPath.get(idOrPath);
    if (model !== undefined || !this.isOpen || !MODEL_ID.test(idOrPath)) return model;
    // One model under two spellings would have two counters.
    const id = idOrPath.toLowerCase();
    return this.byIdOrPath.get(id) ?? foreignModel(id);
  }

  hasId(id: string): boolean {
    return this.find(id)?.id === id;
  }

  isPartOfPath(word: string): boolean {
    return this.partsOfPaths.has(word);
  }
}

export function nanoPerToken(pricePerThousand: number): number {
  const nano = Math.round(pricePerThousand * 1e6);
  if (!(pricePerThousand >= 0) || Math.abs(nano - pricePerThousand * 1e6) > 1e-6) {
    throw new RangeError(
      `a price per 1,000 tokens has at most six decimals and is not negative: ${pricePerThousand}`,
    );
  }
  return nano;
}
