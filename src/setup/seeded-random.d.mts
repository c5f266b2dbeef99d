export function seededRandom(seed: string): () => number;
