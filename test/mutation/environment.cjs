const StrykerEnvironment = require("@stryker-mutator/jest-runner/jest-env/node");

/** One failing test is enough to notice a change, and Jest itself stops only after the whole file. */
module.exports = class extends StrykerEnvironment {
  constructor(config, context) {
    super(config, context);
    const inner = this.handleTestEvent;
    let noticed = false;
    this.handleTestEvent = async (event, state) => {
      if (event.name === "test_done" && event.test.errors.length > 0) noticed = true;
      if (event.name === "test_start" && noticed) event.test.mode = "skip";
      await inner(event, state);
    };
  }
};
