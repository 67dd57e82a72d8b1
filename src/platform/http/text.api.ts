import { z } from 'zod';
import { isLine, isPlainText, lineWords, plainTextWords } from './plain-text.js';

/** Text on the wire, without the space around it: any, on one line, or on several. None of it may be empty. */
export const text = (max: number) => z.string().trim().min(1).max(max);
export const line = (max: number) => text(max).refine(isLine, { error: lineWords });
export const lines = (max: number) => text(max).refine(isPlainText, { error: plainTextWords });
