import { createHash } from 'node:crypto';
import stylesheet from './style.css';

export { stylesheet };

/** Named by its content, so that it can be cached for ever. */
export const stylesheetPath = `/style.${createHash('sha256').update(stylesheet).digest('hex').slice(0, 16)}.css`;
