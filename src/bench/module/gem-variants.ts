/** The readers of the GemPC family as libccid knows them by name, and in what they differ on the line (ccid_serial.c). */
export type GemVariant = {
  /** Repeats each command before it answers. */
  readonly echo: boolean;
  readonly slots: number;
  /** The Escape that is answered with the firmware's name, in hexadecimal, and that name: ours, no maker's. */
  readonly firmwareEscape: string;
  readonly firmware: string;
  /** Whether Escape 01 01 01 has movements told only between a command and its answer. */
  readonly canHoldMovements: boolean;
};

export const gemVariants = {
  GemPCTwin: {
    echo: true,
    slots: 1,
    firmwareEscape: '02',
    firmware: 'KAZASU-BENCH-GemTwin-V1.00',
    canHoldMovements: true,
  },
  GemCorePOSPro: {
    echo: false,
    slots: 5,
    firmwareEscape: '02',
    firmware: 'KAZASU-BENCH-GemPOSPro-V1.00',
    canHoldMovements: true,
  },
  GemCoreSIMPro: {
    echo: false,
    slots: 2,
    firmwareEscape: '02',
    firmware: 'KAZASU-BENCH-GemSIMPro-V1.00',
    canHoldMovements: true,
  },
  /** Asked by libccid for Escape 06 instead, and never for the mode of movements. */
  SEC1210: {
    echo: false,
    slots: 2,
    firmwareEscape: '06',
    firmware: 'KAZASU-BENCH-SEC1210-V1.00',
    canHoldMovements: false,
  },
} as const satisfies Record<string, GemVariant>;

export type GemVariantName = keyof typeof gemVariants;
