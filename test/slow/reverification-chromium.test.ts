import { chromium } from '../journeys/engines.ts';
import { describeReverification } from '../reverification/matrix.ts';

describeReverification(10, [chromium]);
