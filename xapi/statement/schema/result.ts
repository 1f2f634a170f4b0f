import { z } from 'zod';
import type { Dialect } from './dialect.ts';
import { duration } from './duration.ts';
import { extensions } from './extensions.ts';
import { flag, strict, text, typeError } from './parts.ts';

// zod refuses the infinity that JSON.parse makes of 1e400; JSON has no such limit, so a number is any number.
const decimal = (dialect: Dialect, wanted = 'a number') =>
  z.custom<number>((value) => typeof value === 'number', { error: typeError(dialect, 'score', wanted) });

/** Scaled within [-1, 1], min below max, raw between them (1.0.3 Data 2.4.5.1). */
const score = (dialect: Dialect) => {
  const outOfScale = dialect.cite('score', 'must be between -1 and 1');
  const empty = dialect.cite('score', 'must be less than "max"');
  const tooLow = dialect.cite('score', 'must not be less than "min"');
  const tooHigh = dialect.cite('score', 'must not be greater than "max"');
  return strict(dialect, 'score', {
    scaled: decimal(dialect).optional(),
    raw: decimal(dialect).optional(),
    min: decimal(dialect).optional(),
    max: decimal(dialect).optional(),
  }).check((payload) => {
    const { scaled, raw, min, max } = payload.value;
    const report = (key: string, message: string): void => {
      payload.issues.push({ code: 'custom', path: [key], input: payload.value, message });
    };
    if (scaled !== undefined && (scaled < -1 || scaled > 1)) report('scaled', outOfScale);
    if (min !== undefined && max !== undefined && min >= max) report('min', empty);
    if (raw !== undefined && min !== undefined && raw < min) report('raw', tooLow);
    if (raw !== undefined && max !== undefined && raw > max) report('raw', tooHigh);
  });
};

/** A measured outcome (1.0.3 Data 2.4.5). */
export function result(dialect: Dialect) {
  return strict(dialect, 'result', {
    score: score(dialect).optional(),
    success: flag(dialect, 'result').optional(),
    completion: flag(dialect, 'result').optional(),
    response: text(dialect, 'result').optional(),
    duration: duration(dialect).optional(),
    extensions: extensions(dialect).optional(),
  });
}
