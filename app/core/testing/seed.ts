import fc from 'fast-check';

/**
 * One seed for all properties of a test file, printed, so that a failure can be reproduced: `FC_SEED=n npm run
 * test:unit`.
 */
const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 0x7fffffff));
fc.configureGlobal({ seed });
console.log(`fast-check seed ${seed}`);
