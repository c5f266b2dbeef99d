/** In pixels of the picture that it was found in; from the brows to the chin. */
export type FaceBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
