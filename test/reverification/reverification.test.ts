import { chromium } from '../journeys/engines.ts';
import { describeReverification } from './matrix.ts';

// In Firefox as well, and more often, by `npm test -- slow`.
describeReverification(1, [chromium]);
