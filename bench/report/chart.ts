export interface Line {
  readonly name: string;
  readonly color: string;
  readonly dashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly Line[];
  readonly format: (y: number) => string;
}

const WIDTH = 350;
const HEIGHT = 320;
const PLOT = { left: 54, top: 62, right: 116, bottom: 44 };
const LABEL_GAP = 15;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (each) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[each] ?? each);

const text = (x: number, y: number, words: string, more = ""): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`;

function decades(values: readonly number[]): number[] {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return Array.from({ length: most - least + 1 }, (_, at) => 10 ** (least + at));
}

/** Moves overlapping labels apart. */
function apart(wanted: readonly number[]): number[] {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (const [at, each] of order.entries()) {
    const above = order[at - 1];
    if (above && each.y < above.y + LABEL_GAP) each.y = above.y + LABEL_GAP;
  }
  const placed = [...wanted];
  for (const { y, index } of order) placed[index] = y;
  return placed;
}

/** Both axes are logarithmic. */
function draw({ title, subtitle, lines, format }: Chart): string {
  const points = lines.flatMap((each) => each.points);
  const xs = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b);
  const ticks = decades(points.map(([, y]) => y));
  const [low = 1, high = 10] = [ticks[0], ticks.at(-1)];
  const [first = 1, last = 10] = [xs[0], xs.at(-1)];
  const [right, bottom] = [WIDTH - PLOT.right, HEIGHT - PLOT.bottom];
  const share = (value: number, from: number, to: number): number =>
    from === to ? 0.5 : Math.log(value / from) / Math.log(to / from);
  const toX = (x: number): number => PLOT.left + share(x, first, last) * (right - PLOT.left);
  const toY = (y: number): number => bottom - share(y, low, high) * (bottom - PLOT.top);
  const grid = ticks.flatMap((y) => [
    `<line x1="${PLOT.left}" x2="${right}" y1="${toY(y).toFixed(1)}" y2="${toY(y).toFixed(1)}" stroke="#d8dee4"/>`,
    text(PLOT.left - 8, toY(y) + 4, format(y), 'text-anchor="end" fill="#57606a"'),
  ]);
  const keys = xs.map((x) =>
    text(toX(x), bottom + 18, x.toLocaleString("en-US"), 'text-anchor="middle" fill="#57606a"'),
  );
  const ends = apart(lines.map(({ points: each }) => toY(each.at(-1)?.[1] ?? low)));
  const drawn = lines.flatMap(({ name, color, dashed, points: each }, index) => {
    const path = each.map(([x, y]) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(" ");
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ""}/>`,
      ...each.map(
        ([x, y]) => `<circle cx="${toX(x).toFixed(1)}" cy="${toY(y).toFixed(1)}" r="3" fill="${color}"/>`,
      ),
      text(right + 9, (ends[index] ?? 0) + 4, name, `fill="${color}" font-weight="600"`),
    ];
  });
  return [
    text(PLOT.left - 34, 24, title, 'font-size="14" font-weight="600" fill="#1f2328"'),
    text(PLOT.left - 34, 43, subtitle, 'fill="#57606a"'),
    ...grid,
    ...keys,
    text((PLOT.left + right) / 2, HEIGHT - 8, "keys in the stack", 'text-anchor="middle" fill="#57606a"'),
    ...drawn,
  ].join("\n");
}

export function svg(charts: readonly Chart[], description: string): string {
  const width = WIDTH * charts.length;
  const panels = charts.map(
    (chart, at) => `<g transform="translate(${at * WIDTH},0)">\n${draw(chart)}\n</g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12" role="img">`,
    `<title>${escaped(description)}</title>`,
    `<rect width="${width}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...panels,
    "</svg>\n",
  ].join("\n");
}
