import { createApp } from './synthesize.ts';

createApp();
