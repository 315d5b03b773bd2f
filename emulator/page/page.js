// The page of the emulator. It reads what it shows from the controls, with the admin key that was typed in.
const REFRESH_MS = 1000;
const byId = (id) => document.getElementById(id);
let adminKey = sessionStorage.getItem("admin-key") ?? "";
let routesKnown = false;

async function call(method, path, body) {
  const answer = await fetch(`/_emulator${path}`, {
    method,
    headers: { "x-api-key": adminKey, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.message);
  return json;
}

/** An element whose content is text or other elements: nothing that came over the wire is ever read as HTML. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** Says something once: a screen reader reads each change. */
function say(text) {
  if (byId("status").textContent !== text) byId("status").textContent = text;
}

const shortOf = (masked) => masked.replace(/\*{5,}/, "****");
const timeOf = (instant) => `${new Date(instant).toISOString().slice(0, 19).replace("T", " ")} UTC`;

function usageOf({ title, used, limit, resetsAt }) {
  const text = `${title}: ${used}${limit === null ? ", no limit" : ` of ${limit}`}`;
  if (limit === null) return element("li", {}, text);
  // A limit of 0 is a full bar.
  const most = limit || 1;
  const meter = element("meter", {
    min: 0,
    max: most,
    high: 0.8 * most,
    low: 0.5 * most,
    optimum: 0,
    value: limit === 0 ? most : Math.min(used, limit),
    "aria-label": text,
  });
  const reset = resetsAt === null ? "never resets" : `resets at ${timeOf(resetsAt)}`;
  return element("li", {}, text, meter, element("small", {}, reset));
}

function keyOf(key) {
  const facts = [
    key.isAdmin ? "admin key" : "member key",
    shortOf(key.accessKey),
    key.expiresAt === null ? "no expiry" : `expires at ${timeOf(key.expiresAt)}`,
  ];
  return element(
    "article",
    { class: "key", "aria-label": `Key ${key.name}` },
    element("h3", {}, key.name),
    element("p", {}, facts.join(" · ")),
    element("ul", { class: "usage" }, ...key.usage.map(usageOf)),
  );
}

function requestOf({ at, method, path, status, keyHint }) {
  const cells = [timeOf(at), method, path, status === 0 ? "dropped" : status, shortOf(keyHint)];
  return element(
    "tr",
    { role: "row" },
    ...cells.map((cell) => element("td", { role: "cell" }, String(cell))),
  );
}

/** Replaces the content where it changed, so that a selection or the place of a screen reader stays otherwise. */
function show(id, made) {
  const place = byId(id);
  const next = element(place.tagName, {}, ...made);
  if (place.innerHTML !== next.innerHTML) place.replaceChildren(...next.childNodes);
}

function render({ now, isStopped, keys, keyCount, requests, faults, routes }) {
  byId("now").textContent = timeOf(now);
  byId("now").dateTime = now;
  byId("clock-state").textContent = isStopped ? "stopped" : "running";
  show("keys", keys.map(keyOf));
  byId("key-count").hidden = keys.length === keyCount;
  byId("key-count").textContent = `The first ${keys.length} of ${keyCount} keys`;
  show("requests", requests.map(requestOf));
  show(
    "faults",
    faults.length === 0
      ? [element("li", {}, "none")]
      : faults.map((fault) => element("li", {}, JSON.stringify(fault))),
  );
  if (!routesKnown) {
    byId("route").replaceChildren(...["*", ...routes].map((route) => new Option(route, route)));
    routesKnown = true;
  }
}

async function refresh() {
  try {
    render(await call("GET", "/overview"));
    sessionStorage.setItem("admin-key", adminKey);
    byId("sign-in").hidden = true;
    byId("account").hidden = false;
    say("Up to date");
    return true;
  } catch (error) {
    say(error instanceof TypeError ? "The emulator does not answer" : error.message);
    if (!byId("account").hidden) return true;
    byId("sign-in").hidden = false;
    return false;
  }
}

let timer;
async function follow() {
  clearTimeout(timer);
  if (await refresh()) timer = setTimeout(follow, REFRESH_MS);
}

async function act(method, path, body) {
  try {
    await call(method, path, body);
    await refresh();
  } catch (error) {
    say(error.message);
  }
}

function onSubmit(id, action) {
  byId(id).addEventListener("submit", (event) => {
    event.preventDefault();
    action();
  });
}

onSubmit("sign-in", () => {
  adminKey = byId("admin-key").value;
  byId("admin-key").value = "";
  follow().then(() => {
    // The form that had the focus is gone.
    if (!byId("account").hidden) byId("clock-title").focus();
  });
});
for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", () =>
    act("POST", "/clock/advance", { ms: Number(button.dataset.advance) }),
  );
}
byId("stop").addEventListener("click", () => act("PUT", "/clock", { now: byId("now").dateTime }));
byId("release").addEventListener("click", () => act("DELETE", "/clock"));
onSubmit("set-clock", () =>
  act("PUT", "/clock", { now: new Date(`${byId("instant").value}Z`).toISOString() }),
);
onSubmit("add-fault", () => {
  const kind = byId("kind").value;
  const value = Number(byId("value").value);
  const about = kind === "status" ? { status: value } : kind === "delay" ? { ms: value } : {};
  act("POST", "/faults", { route: byId("route").value, kind, times: Number(byId("times").value), ...about });
});
byId("clear-faults").addEventListener("click", () => act("DELETE", "/faults"));
// On a narrow screen the table is laid out as blocks, which would cost it its roles.
for (const [elements, role] of [
  ["table", "table"],
  ["thead, tbody", "rowgroup"],
  ["thead tr", "row"],
  ["th", "columnheader"],
]) {
  for (const each of document.querySelectorAll(elements)) each.setAttribute("role", role);
}
if (adminKey !== "") follow();
