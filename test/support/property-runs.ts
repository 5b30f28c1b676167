import { configureGlobal } from 'fast-check';

configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS) });
