/**
 * OpenMetrics names a counter's family without the `_total` of its samples and ends in `# EOF`; the older text format
 * (`text/plain; version=0.0.4`) names it as the samples and does not end.
 */
export function plainText(openMetrics: string): string {
  const counters = new Set([...openMetrics.matchAll(/^# TYPE (\S+) counter$/gm)].map(([, name]) => name));
  return openMetrics
    .replace(/^# (HELP|TYPE) (\S+)/gm, (line, _, name: string) => (counters.has(name) ? `${line}_total` : line))
    .replace(/^# EOF\n$/m, '');
}
