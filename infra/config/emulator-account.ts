/** The account of every emulator. A stack that takes its database's URL in plain text can only be deployed there. */
export const EMULATOR_ACCOUNT = '000000000000';
