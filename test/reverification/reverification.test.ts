import { describeReverification } from './matrix.ts';

describeReverification(1);
