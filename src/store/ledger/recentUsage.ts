/** What is known about the requests of a workflow before one is sent. */
export interface RecentUsage {
  /** Whether the prompt was sent within the last minutes, so that the API most likely still has it. */
  isPromptCached: boolean;
  /** Tokens of the answers of late, on average; undefined when there are too few of them. */
  output: number | undefined;
}
