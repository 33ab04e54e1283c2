import fc from 'fast-check';

// Each run tries the same cases, so that a test fails by what was changed and never by chance; another HOLDFAST_SEED tries others.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.HOLDFAST_SEED ?? 20_260_307) });
