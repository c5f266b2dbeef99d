/** One A4 page with room to punch holes; nothing is told by colour alone, since most of these are printed in black. */
export const sheetStyle = `
@page { size: A4; margin: 12mm 14mm 10mm 20mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { margin: 0 auto; max-width: 176mm; font: 8.5pt/1.3 "BIZ UDPGothic", "Noto Sans CJK JP", sans-serif; color: #000; background: #fff; }
header { display: flex; justify-content: space-between; align-items: center; gap: 8mm; border-bottom: 0.6mm solid #000; padding-bottom: 1.5mm; }
h1 { font-size: 15pt; line-height: 1.2; }
h2 { margin: 3mm 0 1mm; font-size: 10pt; break-after: avoid; }
/* Narrower than the Latin letters of the Japanese font: details stay on one line. */
[lang=en], dd { font-family: "Noto Sans", "BIZ UDPGothic", sans-serif; }
small { font-size: 7pt; font-weight: 400; color: #333; margin-left: 1.5mm; }
h1 small, .verdict small, .simulated small, .signing small { display: block; margin-left: 0; }
.verdict { padding: 1mm 5mm; border: 0.6mm solid #000; font-size: 13pt; font-weight: 700; text-align: center; white-space: nowrap; }
.verdict.notPassed { background: #000; color: #fff; }
.verdict.notPassed small { color: #fff; }
.verdict.untested { border-style: dashed; }
.simulated { margin-top: 2mm; padding: 1mm 3mm; border: 0.6mm dashed #000; font-weight: 700; }
dl { display: grid; grid-template-columns: 1fr 1fr; border-top: 0.2mm solid #555; border-left: 0.2mm solid #555; }
dl div { display: grid; grid-template-columns: 34mm 1fr; border-right: 0.2mm solid #555; border-bottom: 0.2mm solid #555; }
dl .imageHash { grid-column: 1 / -1; }
dl .imageHash dd { font-family: monospace; }
dt, dd { padding: 0.6mm 1.5mm; overflow-wrap: anywhere; }
dt { background: #f0f0f0; }
dt small { display: block; margin-left: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 0.2mm solid #555; padding: 0.5mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 400; }
thead th { background: #f0f0f0; font-weight: 700; }
.results th:first-child { width: 57mm; }
.results td:nth-child(2), .results th:nth-child(2) { width: 25mm; }
tr, li { break-inside: avoid; }
tr.failed td, tr.failed th, li.failed { font-weight: 700; }
tr.failed td:nth-child(2), li.failed { outline: 0.6mm solid #000; outline-offset: -0.6mm; }
.by-hand { display: grid; grid-template-columns: repeat(6, 1fr); list-style: none; border-left: 0.2mm solid #555; }
.by-hand li { padding: 1mm 1.5mm; border: 0.2mm solid #555; border-left: 0; }
.by-hand strong, .by-hand time { display: block; }
.by-hand time { font-size: 7pt; font-weight: 400; }
.signing { display: grid; grid-template-columns: 1fr 1fr 34mm; gap: 2mm; margin-top: 3mm; break-inside: avoid; }
.signing p { padding: 0.5mm 1.5mm; height: 13mm; border: 0.2mm solid #555; }
.signing .remarks { grid-column: 1 / -1; height: 14mm; }
footer { margin-top: 2mm; font-size: 7pt; }
`;
