import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/eligibility/protocol.ts';
import { faultCodes } from '../../src/faults/catalogue.ts';
import { eventually } from '../eventually.ts';
import { receiveByPin, type ServedBench, servedBench } from './bench-unit.ts';
import { promtool } from './promtool.ts';
import { samplesOf, sumOf } from './reading.ts';

/** The numbers of a reader on the bench, asked for as a scraper asks: over HTTP, in real time. */
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const folder = mkdtempSync(join(tmpdir(), 'kazasu-metrics-'));
const clinicFolder = join(folder, 'clinic');
let bench: ServedBench;

beforeAll(async () => {
  mkdirSync(clinicFolder);
  bench = await servedBench({ clinic: { folder: clinicFolder, encoding: 'utf-8', fhir: false } });
  await receiveByPin(bench);
});
afterAll(async () => {
  await bench?.unit.close();
  rmSync(folder, { recursive: true, force: true });
});

async function asked(accept?: string): Promise<{ readonly type: string | null; readonly text: string }> {
  const response = await fetch(bench.metricsUrl, accept === undefined ? {} : { headers: { accept } });
  return { type: response.headers.get('content-type'), text: await response.text() };
}
const openMetrics = async () => (await asked('application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.3')).text;

describe('the format', () => {
  test('is OpenMetrics to whoever asks for it', async () => {
    const { type, text } = await asked('application/openmetrics-text; version=1.0.0');
    expect(type).toBe(OPEN_METRICS);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    expect(text).toContain('# TYPE kazasu_receptions counter\nkazasu_receptions_total{');
    expect(text).not.toContain('\n\n');
  });

  test('is the older text to anybody else, with the same samples, and promtool finds nothing wrong with it', async () => {
    const { type, text } = await asked('text/html,*/*;q=0.8');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(promtool(['check', 'metrics'], text)).toEqual({ code: 0, said: '' });
    const names = (of: string) => samplesOf(of).map(({ name, labels }) => `${name}${JSON.stringify(labels)}`);
    expect(names(text)).toEqual(names(await openMetrics()));
  });

  test('promtool would say so if it were wrong', async () => {
    const { text } = await asked();
    const { code, said } = promtool(['check', 'metrics'], text.replace(/^# HELP kazasu_receptions_total .*\n/m, ''));
    expect([code === 0, said.trim()]).toEqual([false, 'kazasu_receptions_total no help text']);
  });

  test('nothing else is served', async () => {
    expect((await fetch(bench.metricsUrl.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(bench.metricsUrl, { method: 'POST' })).status).toBe(404);
  });
});

/** Every label and what it may say: a list that has an end. */
const allowed: Readonly<Record<string, RegExp | readonly string[]>> = {
  simulated: ['1'],
  outcome: ['accepted', 'pending', ...faultCodes],
  code: faultCodes,
  method: ['face', 'pin', 'visual', 'phone-bio', 'phone-pin', 'none'],
  stage: /^[a-z]+(-[a-z]+)*$/,
  kind: ['wire', 'gateway', 'person', 'camera'],
  part: ['card-module', 'camera', 'gateway', 'face'],
  operation: operations.map(({ id }) => id),
  reason: /^(folder|records)-[a-z-]+$/,
  reader: ['KZ000001'],
  version: /^\d+\.\d+\.\d+$/,
  node: /^v24\./,
  le: /^(\+Inf|[\d.]+)$/,
};

describe('what is told', () => {
  test('says of every sample that it is simulated, and nothing of a person or a reception', async () => {
    const samples = samplesOf(await openMetrics());
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.filter(({ labels }) => labels['simulated'] !== '1')).toEqual([]);
    const strange = samples.flatMap(({ labels }) => Object.entries(labels).filter(([label, text]) => !mayBe(label, text)));
    expect(strange).toEqual([]);
  });

  test('has no more series after another reception of the same kind', async () => {
    const before = samplesOf(await openMetrics()).length;
    await receiveByPin(bench);
    const text = await openMetrics();
    expect(samplesOf(text)).toHaveLength(before);
    expect(sumOf(text, 'kazasu_receptions_total', { outcome: 'accepted', method: 'pin' })).toBe(2);
  });

  test('has every name that the alerts are made of', async () => {
    const names = new Set(samplesOf(await openMetrics()).map(({ name }) => name));
    const rules = readFileSync('firmware/fleet/alerts.yml', 'utf8');
    const used = [...rules.matchAll(/\bkazasu_[a-z_]+/g)].map(([name]) => name);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
  });

  test('has every name that the page about many readers lists, and no other', async () => {
    const page = readFileSync('firmware/fleet/README.md', 'utf8');
    const listed = new Set([...page.matchAll(/`(kazasu_[a-z_]+)`/g)].map(([, name]) => name));
    const { text } = await asked();
    const told = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    expect([...listed].sort()).toEqual(told.sort());
  });

  test('when the certificate of the reader ends, and that face matching is there', async () => {
    await bench.unit.faceReady();
    const text = await openMetrics();
    expect((sumOf(text, 'kazasu_certificate_expiry_timestamp_seconds') ?? 0) * 1_000).toBeGreaterThan(Date.now());
    expect(sumOf(text, 'kazasu_part_ready', { part: 'face' })).toBe(1);
  });

  test('what waits for the clinic, why and for how long, until the clinic has it', async () => {
    await eventually(async () => expect(sumOf(await openMetrics(), 'kazasu_outbox_parcels')).toBe(0));
    rmSync(clinicFolder, { recursive: true });
    await receiveByPin(bench);
    await eventually(async () => {
      const text = await openMetrics();
      expect(sumOf(text, 'kazasu_outbox_parcels')).toBe(1);
      expect(sumOf(text, 'kazasu_outbox_oldest_age_seconds')).toBeGreaterThan(0);
      expect(sumOf(text, 'kazasu_hand_over_waits', { reason: 'folder-missing' })).toBe(1);
      expect(sumOf(text, 'kazasu_hand_over_waits')).toBe(1);
    });
    mkdirSync(clinicFolder);
    await eventually(async () => {
      const text = await openMetrics();
      expect(sumOf(text, 'kazasu_outbox_parcels')).toBe(0);
      expect(sumOf(text, 'kazasu_outbox_oldest_age_seconds')).toBe(0);
      expect(sumOf(text, 'kazasu_hand_over_waits')).toBe(0);
    });
  });

  test('what was asked of the gateway, how long its answers took, and that none is open', async () => {
    const text = await openMetrics();
    const answers = (operation: string) => sumOf(text, 'kazasu_gateway_round_trip_seconds_count', { operation });
    const receptions = sumOf(text, 'kazasu_receptions_total', { outcome: 'accepted' });
    for (const operation of ['openReception', 'proveIdentity', 'recordConsent']) expect(answers(operation)).toBe(receptions);
    expect(answers('medicalInformation')).toBeUndefined();
    expect(sumOf(text, 'kazasu_gateway_round_trip_seconds_sum')).toBeGreaterThan(0);
    expect(sumOf(text, 'kazasu_gateway_retries_total')).toBe(0);
    expect(sumOf(text, 'kazasu_gateway_breaker_open')).toBe(0);
    expect(sumOf(text, 'kazasu_gateway_unsettled_changes')).toBe(0);
  });

  test('that the cable of the card module was pulled, and put back', async () => {
    const module = async (name: string) => sumOf(await openMetrics(), name, { part: 'card-module' });
    await bench.unit.bench.unplug();
    await eventually(async () => expect(await module('kazasu_part_ready')).toBe(0));
    await bench.unit.bench.plugIn();
    await eventually(async () => expect(await module('kazasu_part_ready')).toBe(1));
    expect(await module('kazasu_part_losses_total')).toBe(1);
    expect(await module('kazasu_part_recoveries_total')).toBe(1);
  });
});

function mayBe(label: string, text: string): boolean {
  const rule = allowed[label];
  return rule !== undefined && ('test' in rule ? rule.test(text) : rule.includes(text));
}
