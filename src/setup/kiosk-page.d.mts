/** Builds the kiosk's page and the dock's page into build/kiosk and build/dock, where their sources have changed. */
export function buildPages(options: { readonly root: string; readonly log: (line: string) => void }): Promise<void>;
