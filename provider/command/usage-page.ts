import { createHash } from "node:crypto";
import { usedToday } from "../core/usage";
import { Html, html } from "./html";
import { STYLE } from "./usage-page-style";
import type { UsageReading } from "./usage-reading";
import { figure, fraction, type Scope, scopesOf } from "./usage-scopes";

const MAX_ENTRIES = 25;
const NEAR = 0.75;

interface Entry {
  readonly name: string;
  readonly detail: string;
  readonly share: number;
  readonly figure: string;
  /** Whether a share of 1 means that a limit is reached. */
  readonly limited: boolean;
}

const number = (value: number): string => value.toLocaleString("en-US");

function bar({ share, limited }: Entry): Html {
  const level = !limited || share < NEAR ? "" : share < 1 ? " near" : " full";
  const width = Math.round(share * 1000) / 10;
  return html`<svg class="bar${level}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="10"/></svg>`;
}

function chart(id: string, title: string, none: string, entries: readonly Entry[]): Html {
  const left = entries.length - MAX_ENTRIES;
  const items = entries
    .slice(0, MAX_ENTRIES)
    .map(
      (each) =>
        html`<li><span class="name">${each.name}<small>${each.detail}</small></span>${bar(each)}<span>${each.figure}</span></li>\n`,
    );
  const list = items.length === 0 ? html`<p>${none}</p>` : html`<ol class="chart">\n${items}</ol>`;
  const rest = left > 0 ? html`<p class="quiet">${left} more in the table below.</p>` : html``;
  return html`<section aria-labelledby="${id}">\n<h2 id="${id}">${title}</h2>\n${list}\n${rest}</section>\n`;
}

const nearLimits = (reading: UsageReading): Entry[] =>
  reading.keys
    .flatMap((each) => scopesOf(each, reading).map((scope) => ({ scope, name: each.key.name })))
    .flatMap(({ scope, name }) => {
      const share = fraction(scope.counter);
      return share === undefined || scope.counter.used === 0
        ? []
        : [{ ...entryOf(scope, name, share), share }];
    })
    .sort((a, b) => b.share - a.share);

const entryOf = ({ model, counts, counter }: Scope, name: string, share: number): Entry => ({
  name,
  detail: `${counts} per day${model === undefined ? "" : ` of ${model}`}`,
  share,
  figure: figure(counter),
  limited: true,
});

function bySize(sizes: ReadonlyMap<string, { readonly tokens: number; readonly requests: number }>): Entry[] {
  const used = [...sizes].filter(([, { tokens, requests }]) => tokens > 0 || requests > 0);
  const most = Math.max(1, ...used.map(([, { tokens }]) => tokens));
  return used
    .sort(([, a], [, b]) => b.tokens - a.tokens || b.requests - a.requests)
    .map(([name, { tokens, requests }]) => ({
      name,
      detail: "",
      share: tokens / most,
      figure: `${number(tokens)} tokens, ${number(requests)} requests`,
      limited: false,
    }));
}

function byModel({ keys, modelPaths }: UsageReading): Entry[] {
  const sizes = new Map<string, { tokens: number; requests: number }>();
  for (const [id, { tokens, requests }] of keys.flatMap(({ usage }) => Object.entries(usage.models))) {
    const name = modelPaths.get(id) ?? id;
    const before = sizes.get(name) ?? { tokens: 0, requests: 0 };
    sizes.set(name, { tokens: before.tokens + tokens.used, requests: before.requests + requests.used });
  }
  return bySize(sizes);
}

const whole = ({ usage }: UsageReading["keys"][number], counts: "requests" | "tokens"): string =>
  usage.total ? figure(usage.total[counts]) : "could not be read";

const row = (each: UsageReading["keys"][number]): Html =>
  html`<tr><th scope="row">${each.key.name}<br><small>${each.key.id}<br>${each.key.accessKeyHint}</small></th><td>${whole(each, "requests")}</td><td>${whole(each, "tokens")}</td><td>${each.key.budget === undefined ? "none" : `${number(each.key.budget)} credits`}</td><td>${each.key.expiresAt ?? "never"}</td></tr>\n`;

/** The usage of keys as one page of HTML that loads nothing and runs no script. */
export function usagePage(reading: UsageReading): string {
  const { keys, host, readAt } = reading;
  const at = new Date(readAt).toISOString().slice(0, 19).replace("T", " ");
  const used = keys.map(({ usage }) => usedToday(usage));
  const sum = (counts: "requests" | "tokens"): string =>
    number(used.reduce((all, each) => all + each[counts], 0));
  const unread = keys.filter(({ usage }) => usage.unavailable !== undefined);
  const byKey = new Map(keys.map(({ key, usage }) => [key.name, usedToday(usage)]));
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Usage of API keys at ${host}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>Usage of API keys</h1>
<p class="quiet">${host}, since midnight UTC, read at ${at} UTC</p>
<dl class="totals">
<div><dt>keys</dt><dd>${number(keys.length)}</dd></div>
<div><dt>used today</dt><dd>${number(used.filter(({ requests, tokens }) => requests + tokens > 0).length)}</dd></div>
<div><dt>requests</dt><dd>${sum("requests")}</dd></div>
<div><dt>tokens</dt><dd>${sum("tokens")}</dd></div>
${unread.length > 0 ? html`<div><dt>could not be read</dt><dd>${unread.length}</dd></div>` : html``}
</dl>
${chart("limits", "Closest to their limits", "No limit was used today.", nearLimits(reading))}
${chart("keys", "By key", "No key was used today.", bySize(byKey))}
${chart("models", "By model", "No model was used today.", byModel(reading))}
<section aria-labelledby="all">
<h2 id="all">All keys</h2>
<div class="scroll" role="region" aria-label="Table of all keys" tabindex="0">
<table>
<thead><tr><th scope="col">Key</th><th scope="col">Requests today</th><th scope="col">Tokens today</th><th scope="col">Budget</th><th scope="col">Expires</th></tr></thead>
<tbody>
${keys.map(row)}</tbody>
</table>
</div>
</section>
</main>
</body>
</html>
`.markup;
}
