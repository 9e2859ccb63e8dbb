/** The server's clock, milliseconds since the epoch; the testbed's can be advanced. */
export type Clock = () => number;

/** The one instant of a request: whole seconds, so that a period ends on its last millisecond. */
export const secondsOf = (clock: Clock): number => Math.floor(clock() / 1000);
