import { describeFault, InvalidSiteError } from './prepared-content.ts';
import { InvalidStageError } from './stages.ts';
import { synthesise } from './synthesise.ts';

try {
  const { faults } = await synthesise({
    contentDir: process.env.CONTENT_DIR || 'content',
    outdir: process.env.CDK_OUTDIR || 'cdk.out',
    allowMassRemoval: process.env.ALLOW_MASS_REMOVAL === 'yes',
  });
  for (const fault of faults) console.error(`${describeFault(fault)}; left out`);
} catch (error) {
  if (!(error instanceof InvalidSiteError || error instanceof InvalidStageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
