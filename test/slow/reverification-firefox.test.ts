import { firefox } from '../journeys/engines.ts';
import { describeReverification } from '../reverification/matrix.ts';

describeReverification(10, [firefox]);
