// Loaded into the host for the rows of the fault matrix that are about time-outs: every time-out of the provider ends
// a hundred times sooner, and nothing else is different.
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => timeout(milliseconds / 100);
