import { type LoggedRequest, RequestLog } from "../../emulator/src/controls/request-log";

const entry = (at: number): LoggedRequest => ({
  method: "GET",
  route: `route-${at}`,
  path: `/${at}`,
  status: 200 + at,
  at,
  bytesIn: at,
  bytesOut: at,
  auth: at % 2 === 0 ? "token" : "none",
  keyHint: `hint-${at}`,
});

test("keeps the newest, oldest first, whole, and what was listed before stays as it was", () => {
  const log = new RequestLog(3);
  const add = (...numbers: number[]) => {
    for (const at of numbers) log.add(entry(at));
  };
  add(1, 2);
  expect(log.list()).toEqual([1, 2].map(entry));
  add(3, 4, 5, 6, 7);
  const before = log.list();
  expect(before).toEqual([5, 6, 7].map(entry));
  add(8);
  expect(log.list()).toEqual([6, 7, 8].map(entry));
  expect(before).toEqual([5, 6, 7].map(entry));
  log.clear();
  add(9);
  expect(log.list()).toEqual([entry(9)]);
});
