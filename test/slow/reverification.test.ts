import { describeReverification } from '../reverification/matrix.ts';

describeReverification(10);
