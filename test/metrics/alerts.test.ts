import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { promtool } from './promtool.ts';

const rules = readFileSync('firmware/fleet/alerts.yml', 'utf8');
const cases = readFileSync('test/metrics/alerts.yml', 'utf8');

describe('the files for many readers', () => {
  test('are whole', () => {
    expect(promtool(['check', 'config', 'firmware/fleet/prometheus.yml'])).toMatchObject({ code: 0 });
    expect(promtool(['check', 'rules', 'firmware/fleet/alerts.yml'])).toMatchObject({ code: 0 });
  });

  test('alert beyond their bounds, and not within', () => {
    expect(promtool(['test', 'rules', 'test/metrics/alerts.yml'])).toEqual({ code: 0, said: expect.stringContaining('SUCCESS') });
  });

  test('have a case for each alert', () => {
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
    const raised = [...cases.matchAll(/alertname: (\w+)\n\s+exp_alerts/g)].map(([, name]) => name);
    expect(alerts.length).toBeGreaterThan(8);
    expect([...new Set(raised)].sort()).toEqual(alerts.sort());
  });
});
