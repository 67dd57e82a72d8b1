export interface Bar {
  readonly id: string;
  /** How it is measured only: what is said of it is `figure`. */
  readonly size: number;
  readonly figure: string;
  readonly tone: 'before' | 'after';
}

export interface BarRow {
  readonly id: string;
  readonly name: string;
  readonly bars: readonly Bar[];
}

interface BarsProps {
  /** What the picture shows. Its figures stand in a table beside it, for whoever does not see it. */
  readonly label: string;
  readonly rows: readonly BarRow[];
}

const tones = { before: 'var(--mantine-color-gray-6)', after: 'var(--mantine-primary-color-filled)' };

/** Bars beside each other, from one line of zero. */
export function Bars({ label, rows }: BarsProps) {
  const sizes = rows.flatMap(({ bars }) => bars.map(({ size }) => size));
  const [least, most] = [Math.min(0, ...sizes), Math.max(0, ...sizes)];
  const whole = most - least || 1;
  const percent = (size: number) => `${((100 * size) / whole).toFixed(2)}%`;
  return (
    <div className="bars" role="img" aria-label={label}>
      {rows.map(({ id, name, bars }) =>
        bars.map((bar, index) => [
          index === 0 && (
            <span key={`${id} name`} className="bars-name" style={{ gridRow: `span ${bars.length}` }}>
              {name}
            </span>
          ),
          <span key={`${id} ${bar.id}`} className="bars-track">
            <span
              className="bars-bar"
              style={{
                insetInlineStart: percent(Math.min(0, bar.size) - least),
                width: percent(Math.abs(bar.size)),
                background: tones[bar.tone],
              }}
            />
          </span>,
          <span key={`${id} ${bar.id} figure`} className="bars-figure">
            {bar.figure}
          </span>,
        ]),
      )}
    </div>
  );
}
