import { describeReverification } from '../journeys/reverification-matrix.ts';

describeReverification(3);
