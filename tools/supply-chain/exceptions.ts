export interface Exceptions {
  /** Packages whose install script need not run, with the reason. */
  readonly installScripts: Readonly<Record<string, string>>;
  /** Licences that the metadata of a package does not state. */
  readonly licences: Readonly<Record<string, string>>;
}

export const EXCEPTIONS: Exceptions = {
  installScripts: {
    protobufjs:
      "Its script only warns when a dependent project asks for an unsuitable version range. The tests install the package with --ignore-scripts.",
  },
  licences: {
    // Its metadata points to its LICENSE file, which is the MIT licence.
    "@logdna/tail-file": "MIT",
  },
};
