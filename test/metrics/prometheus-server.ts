/** A real Prometheus on loopback, with a folder of its own that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type PrometheusServer = {
  /** The value of each series that the expression gives now. */
  query(expression: string): Promise<readonly { readonly labels: Record<string, string>; readonly value: number }[]>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
};

type Answer = { readonly data: { readonly result: readonly { metric: Record<string, string>; value: [number, string] }[] } };

/** Starts it on the files for many readers, which ask this one address each second. */
export async function startPrometheus(target: string): Promise<PrometheusServer> {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-prometheus-'));
  const config = readFileSync('firmware/fleet/prometheus.yml', 'utf8');
  writeFileSync(join(folder, 'prometheus.yml'), config.replaceAll(/: (30|10)s$/gm, ': 1s'));
  copyFileSync('firmware/fleet/alerts.yml', join(folder, 'alerts.yml'));
  writeFileSync(join(folder, 'readers.yml'), `- targets: ['${target}']\n  labels: { clinic: mihon-naika }\n`);
  const words = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    '--web.listen-address=127.0.0.1:0',
  ];
  const child = spawn('prometheus', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(child);
    return {
      stop,
      async query(expression) {
        const response = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`);
        if (!response.ok) return [];
        const { data } = (await response.json()) as Answer;
        return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where it listens, as it says itself. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  if (child.stderr) {
    for await (const line of createInterface({ input: child.stderr })) {
      const [, address] = /\baddress=(127\.0\.0\.1:[1-9]\d*)/.exec(line) ?? [];
      if (address) {
        child.stderr.resume();
        return address;
      }
      said.push(line);
    }
  }
  throw new Error(`prometheus did not start: ${said.join('\n')}`);
}
