/** What the Kinesis process tells the main program, once. */
export type KinesisMessage = { kind: 'listening'; port: number } | { kind: 'failed'; code: string; message: string };
