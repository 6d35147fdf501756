/** Where the progress of a long step is shown. */
export interface Progress {
  /** Says what is going on now; shown at once on a terminal and now and then elsewhere. */
  readonly update: (detail: string) => void;
  /** Ends the step with a line that stays. */
  readonly done: (summary: string) => void;
}

/** How often a step that is not on a terminal gives a sign of life, in milliseconds. */
const quietInterval = 15_000;
/** How often a terminal is redrawn, in milliseconds. */
const redrawInterval = 200;

/** Shows a step that takes minutes: one line that changes on a terminal, a line every 15 s elsewhere. */
export function showProgress(title: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const begun = Date.now();
  const onTerminal = stream.isTTY;
  let detail = "";
  const line = (): string => `${title} … ${elapsed(Date.now() - begun)}${detail && `, ${detail}`}`;
  const draw = (): void => {
    stream.write(onTerminal ? `\r\u001b[2K${line().slice(0, stream.columns - 1)}` : `${line()}\n`);
  };
  draw();
  const timer = setInterval(draw, onTerminal ? redrawInterval : quietInterval);
  return {
    update: (text) => {
      detail = text;
    },
    done: (summary) => {
      clearInterval(timer);
      stream.write(
        `${onTerminal ? "\r\u001b[2K" : ""}${title}: ${summary} (${elapsed(Date.now() - begun)})\n`,
      );
    },
  };
}

/** `75000` as `1 min 15 s`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
