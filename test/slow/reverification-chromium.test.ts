import { chromium } from '../journeys/engines.ts';
import { describeReverification, times } from '../reverification/matrix.ts';

describeReverification(times, [chromium]);
