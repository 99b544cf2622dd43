/** The style of a report: what the system has, dark or light as the reader's system is, and ink on paper. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --quiet: #59636e; --page: #fff; --panel: #f6f8fa; --line: #d1d9e0; --bad: #b31d28; --fair: #8a5a00; --info: #0a58b8; --bar: #4f7fb8; --heat: #1f5fa8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa5b1; --page: #14181d; --panel: #1c2229; --line: #363e48; --bad: #ff8a80; --fair: #f0b849; --info: #79b8ff; --bar: #5b94d6; --heat: #6cb0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1000px; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 26px; margin: 32px 0 8px; } h2 { font-size: 20px; margin: 32px 0 8px; } h3 { font-size: 16px; margin: 0; } h4 { font-size: 14px; margin: 12px 0 4px; }
p { margin: 6px 0; } ul { margin: 4px 0; padding-left: 22px; }
code, pre, .source { font-family: ui-monospace, monospace; font-size: 13px; } code { background: var(--panel); padding: 0 3px; border-radius: 3px; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: 8px; margin: 4px 0; white-space: pre-wrap; }
dl.facts { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 12px 0; } dl.facts dt { color: var(--quiet); font-size: 13px; } dl.facts dd { margin: 0; }
.quiet, .source, dt { color: var(--quiet); }
article { border: 1px solid var(--line); border-left: 5px solid var(--info); border-radius: 6px; padding: 12px 16px; margin: 12px 0; }
article.crit { border-left-color: var(--bad); } article.warn { border-left-color: var(--fair); } article.symptom { margin-left: 28px; }
.mark { font-weight: 600; } .crit > h3 .mark { color: var(--bad); } .warn > h3 .mark { color: var(--fair); } .info > h3 .mark { color: var(--info); }
.clean { border-left: 5px solid #2f8f4e; padding: 8px 16px; background: var(--panel); border-radius: 4px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 6px 0; font-size: 14px; } th, td { text-align: left; vertical-align: top; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); } th { font-weight: 600; } tbody th { font-weight: 400; }
figure { margin: 20px 0; } svg { display: block; width: 100%; max-width: 900px; height: auto; margin: 8px 0; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .label { text-anchor: end; } svg .column { text-anchor: middle; fill: var(--quiet); font-size: 10px; }
svg .bar { fill: var(--bar); } svg .bar.bad { fill: var(--bad); } svg .bar.fair { fill: var(--fair); } svg .heat { fill: var(--heat); } svg .grid, svg .unread { fill: var(--panel); stroke: var(--line); stroke-width: 0.5; } svg .unread { fill: none; stroke-dasharray: 2; }
footer { margin-top: 40px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 13px; }
@media print { body { max-width: none; padding: 0; } article, figure { break-inside: avoid; } }
`;
