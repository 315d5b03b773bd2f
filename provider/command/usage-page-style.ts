export const STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#16181d, #eceef2);
  --quiet: light-dark(#4a5160, #b3bac7);
  --line: light-dark(#c8ccd4, #454b57);
  --back: light-dark(#ffffff, #17191e);
  --track: light-dark(#e4e7ec, #33373f);
  --plain: light-dark(#0b57d0, #8ab4f8);
  --near: light-dark(#b45309, #fbbf24);
  --full: light-dark(#b3261e, #f28b82);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 72rem;
  padding: 0 1.25rem 3rem;
  font: 1rem / 1.5 system-ui, sans-serif;
  color: var(--text);
  background: var(--back);
}
h1 { font-size: 1.5rem; margin: 1.5rem 0 0.25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
p { margin: 0.25rem 0; }
.quiet, small { color: var(--quiet); }
.totals { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin: 1rem 0 0; }
.totals div { display: flex; flex-direction: column-reverse; }
.totals dt { color: var(--quiet); }
.totals dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.chart { list-style: none; margin: 0; padding: 0; }
.chart li {
  display: grid;
  grid-template-columns: minmax(0, 18rem) minmax(4rem, 1fr) minmax(0, 17rem);
  gap: 0 1rem;
  align-items: center;
  padding: 0.35rem 0;
  border-top: 1px solid var(--line);
}
.chart small { display: block; }
.name, th, td { overflow-wrap: anywhere; }
.bar { display: block; width: 100%; height: 0.9rem; border-radius: 0.2rem; fill: var(--plain); background: var(--track); }
.bar.near { fill: var(--near); }
.bar.full { fill: var(--full); }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 3px solid var(--plain); outline-offset: 2px; }
small { font-weight: 400; }
table { border-collapse: collapse; width: 100%; min-width: 44rem; table-layout: fixed; }
thead th:first-child { width: 34%; }
thead th:last-child { width: 7rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 1rem 0.35rem 0; border-top: 1px solid var(--line); }
@media (max-width: 40rem) {
  thead th:first-child { width: 13.5rem; }
  .chart li { grid-template-columns: minmax(0, 1fr); gap: 0.15rem; }
}
@media print {
  .bar { print-color-adjust: exact; }
}
`;
