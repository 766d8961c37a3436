/** Account of every emulator. A stack with a plain database URL can only be deployed there. */
export const EMULATOR_ACCOUNT = '000000000000';
