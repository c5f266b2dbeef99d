import { type Config, readConfig } from '../src/config.ts';

/** The default configuration, with every server on any free port of loopback. */
export function configOnFreePorts(): Config {
  const config = readConfig();
  if (!config.ok) throw new Error(config.fault.detail);
  const { kiosk, staff, desk, bench } = config.value;
  return {
    ...config.value,
    kiosk: { ...kiosk, port: 0 },
    staff: { ...staff, port: 0 },
    desk: { ...desk, port: 0 },
    bench: { ...bench, dockPort: 0 },
  };
}
