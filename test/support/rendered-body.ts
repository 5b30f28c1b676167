import { InvalidArticleError } from '../../functions/article/fault.ts';
import { renderBody } from '../../functions/article/render-body.ts';

type Body = Parameters<typeof renderBody>[0];

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };

export function render(body: Body): string {
  return renderBody(body, place).html;
}

export function faultsOf(body: Body) {
  try {
    render(body);
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.faults;
    throw error;
  }
  return [];
}
