import { createHash } from 'node:crypto';
import article from './article.css';
import page from './style.css';

export const stylesheet = page + article;

/** Named by its content, so that it can be cached for ever. */
export const stylesheetPath = `/style.${createHash('sha256').update(stylesheet).digest('hex').slice(0, 16)}.css`;
