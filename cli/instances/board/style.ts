/**
 * How the page looks. Texts have a contrast of at least 4.5 to 1 in both colour schemes; what a state's colour says, its
 * word and the shape of its mark say, too. Below 80rem, which is also a wide page at 200 %, rows become cards.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --sheet: #ffffff; --line: #dcdfe3; --text: #1c2027; --soft: #565d68; --link: #0a54a1;
  --live: #0f5a31; --live-tint: #e1f2e7;
  --asleep: #45497a; --asleep-tint: #e9e9f7;
  --busy: #744700; --busy-tint: #fcefd5;
  --failed: #981b1b; --failed-tint: #fce5e3;
  --other: #474e58; --other-tint: #e8eaed;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #13161b; --sheet: #1a1e25; --line: #343b45; --text: #e6e9ed; --soft: #a6aeb9; --link: #8ec5ff;
    --live: #90dfb0; --live-tint: #163524;
    --asleep: #c4c5f5; --asleep-tint: #292a4a;
    --busy: #f2c97b; --busy-tint: #3b2c0d;
    --failed: #ffaca5; --failed-tint: #4a1d1b;
    --other: #c3c9d1; --other-tint: #2c323a;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, sans-serif; background: var(--ground); color: var(--text); }
body { margin: 0 auto; max-width: 100rem; padding: clamp(1rem, 3vw, 2.5rem); overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1rem; margin: 0 0 0.25rem; }
header { margin-bottom: 1.5rem; }
header p, footer { color: var(--soft); }
header p { margin: 0.375rem 0 0; }
footer { margin-top: 1.5rem; font-size: 0.875rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code { font: 0.9em ui-monospace, monospace; background: var(--other-tint); padding: 0.1em 0.35em; border-radius: 4px; }
ul { list-style: none; margin: 0; padding: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { display: block; margin-top: 0.25rem; font-size: 0.8125rem; font-weight: 400; color: var(--soft); }
.none { color: var(--soft); }
.problems, .empty, table { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; }
.problems { border-inline-start: 5px solid var(--failed); padding: 0.875rem 1.125rem; margin-bottom: 1.5rem; }
.empty { padding: clamp(1.5rem, 6vw, 4rem); text-align: center; }
.empty p { margin: 0; }
.empty p + p { margin-top: 0.5rem; color: var(--soft); }
.empty p + p code { color: var(--text); }
table { width: 100%; border-collapse: separate; border-spacing: 0; overflow: hidden; }
th, td { text-align: start; vertical-align: top; padding: 0.875rem 0.75rem; }
:is(th, td):first-child { padding-inline-start: 1.125rem; }
thead th { white-space: nowrap; font-size: 0.8125rem; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); padding-block: 0.625rem; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; min-width: 9rem; }
.c-state { min-width: 9rem; max-width: 20rem; }
.c-runs { min-width: 10rem; }
.c-whose { min-width: 8rem; }
.c-addresses, .c-requests { white-space: nowrap; }
time { white-space: nowrap; text-decoration: underline dotted var(--soft); text-underline-offset: 0.25em; }
footer time { text-decoration: none; }
td { font-variant-numeric: tabular-nums; }
.label { display: none; }
.state {
  display: inline-flex; align-items: center; gap: 0.4375rem; padding: 0.0625rem 0.625rem; border-radius: 1rem;
  border: 1px solid transparent; font-size: 0.875rem; font-weight: 600; white-space: nowrap;
  color: var(--other); background: var(--other-tint);
}
.mark { width: 0.5625rem; height: 0.5625rem; border: 2px solid currentColor; }
.live { color: var(--live); background: var(--live-tint); }
.live .mark { border-radius: 50%; background: currentColor; }
.asleep { color: var(--asleep); background: var(--asleep-tint); }
.asleep .mark { border-radius: 50%; }
.queued, .building, .deploying { color: var(--busy); background: var(--busy-tint); }
.queued .mark, .building .mark, .deploying .mark, .destroying .mark { border-radius: 50%; border-block-start-color: transparent; }
.failed { color: var(--failed); background: var(--failed-tint); }
.failed .mark { background: currentColor; transform: rotate(45deg) scale(0.85); }
details p { margin: 0.25rem 0 0; }
summary { cursor: pointer; }
td a { display: inline-block; padding-block: 0.0625rem; }
@media (max-width: 80rem) {
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table { background: none; border: 0; border-radius: 0; overflow: visible; }
  tbody { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); }
  tbody tr { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 0.875rem 1rem; }
  tbody tr + tr > * { border-top: 0; }
  tbody tr > :first-child { padding: 0 0 0.5rem; font-size: 1.0625rem; }
  td { padding: 0.3125rem 0; display: grid; grid-template-columns: 5.75rem minmax(0, 1fr); gap: 0.5rem; }
  .c-addresses, .c-requests { white-space: normal; }
  .c-state { max-width: none; }
  .label { display: inline; font-size: 0.875rem; color: var(--soft); }
}
@media (forced-colors: active) {
  .state { border-color: currentColor; }
}
`;
