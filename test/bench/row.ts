/** One figure of the bench, as the table shows it and the JSON file keeps it. */
export interface BenchRow {
  /** Names the figure; no two rows share it. */
  what: string;
  value: number;
  unit: string;
  /** What it was measured against in the same run, with its own figure; absent for sizes and counts. */
  beside?: string;
  /** Value over what stands beside it, more being better. */
  ratio?: number;
  goal: string;
  /** Whether the goal is reached. */
  met: boolean;
}
