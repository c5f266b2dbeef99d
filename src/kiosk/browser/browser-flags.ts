/**
 * How Chromium is started as the reader's screen. Its sandbox stays on, and there is no debugging port. What is allowed
 * to a page beyond this is for the image's managed policies: Chromium takes them from its own folder, not from here.
 */

/** One reason a group. */
const FLAGS: readonly string[] = [
  // The whole screen, and nothing of a browser on it: no first words, questions, bubbles or gestures that lead away.
  '--kiosk',
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--password-store=basic',
  // Nothing of a person outlives the page: no cookies, cache or history on a disk, and no memory images of a crash.
  '--incognito',
  '--disk-cache-size=1',
  '--disable-breakpad',
  // Nobody else is spoken to.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-quic',
  // Guidance speaks, and the camera opens, without a touch of permission: the one page shown is ours.
  '--autoplay-policy=no-user-gesture-required',
  '--auto-accept-camera-and-microphone-capture',
  // A page that is shown is drawn, whatever the window manager thinks of it: else it would be taken for frozen.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** @param profile the folder that Chromium keeps its own files in; @param url the one page */
export const browserFlags = (profile: string, url: string): readonly string[] => [
  ...FLAGS,
  `--user-data-dir=${profile}`,
  `--app=${url}`,
];
