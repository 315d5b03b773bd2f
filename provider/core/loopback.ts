const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of an address, as `URL` spells it, is this machine itself. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);
