/** Leaves build/guidance/face-detector.tflite; rejects when the shipped model or what came of it is not the pinned one. */
export function prepareDetectorModel(options: { root: string; log: (line: string) => void }): Promise<void>;
