/** Builds the pages of kiosk, dock and desk into build/, where their sources have changed. */
export function buildPages(options: { readonly root: string; readonly log: (line: string) => void }): Promise<void>;
