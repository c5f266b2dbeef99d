import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const policies = JSON.parse(readFileSync('firmware/image/rootfs/etc/chromium/policies/managed/kazasu.json', 'utf8'));

test('Chromium may open the reader’s own page and nothing else', () => {
  expect(policies.URLBlocklist).toEqual(['*']);
  // Without a port, for the page that says why there is no reader has any free one; `:*` is no pattern to Chromium, which
  // then opens nothing at all.
  expect(policies.URLAllowlist).toEqual(['http://127.0.0.1']);
});

test('only that page has the camera, and nobody has tools, extensions, downloads or a debugging port', () => {
  expect(policies).toMatchObject({
    ...{ VideoCaptureAllowed: false, AudioCaptureAllowed: false, DeveloperToolsAvailability: 2, RemoteDebuggingAllowed: false },
    ...{
      ExtensionInstallBlocklist: ['*'],
      DownloadRestrictions: 3,
      AllowFileSelectionDialogs: false,
      PasswordManagerEnabled: false,
    },
  });
  expect(policies.VideoCaptureAllowedUrls).toEqual(['http://127.0.0.1']);
});
