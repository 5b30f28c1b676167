import type { LambdaFunction } from './lambda-function.ts';
import { functionId } from './resolver.ts';
import type { FindResources } from './template.ts';

export interface Route {
  /** As the template has it: a method or ANY and a path, or $default. */
  key: string;
  functionId: LambdaFunction['id'];
  isSigned: boolean;
  timeoutMilliseconds: number;
}

export interface Match {
  route: Route;
  pathParameters: Record<string, string>;
}

/** Finds the most specific route for a request, as API Gateway does; undefined when there is none. */
export type MatchRoute = (method: string, path: string) => Match | undefined;

export function routeTable(find: FindResources): MatchRoute {
  const integrations = new Map(
    find('AWS::ApiGatewayV2::Integration').map(({ id, properties }) => [id, properties]),
  );
  const routes = find('AWS::ApiGatewayV2::Route').map(({ id, properties }) => {
    const integration = integrations.get(properties.Target.split('/')[1]);
    const { AuthorizationType: authorization = 'NONE', RouteKey: key } = properties;
    if (integration?.IntegrationType !== 'AWS_PROXY' || integration.PayloadFormatVersion !== '2.0')
      throw new Error(`Route ${id}: the local stage knows Lambda integrations of payload format 2.0 alone`);
    if (authorization !== 'NONE' && authorization !== 'AWS_IAM')
      throw new Error(`Route ${id}: the local stage cannot authorise by ${authorization}`);
    return matcher({
      key,
      functionId: functionId(integration.IntegrationUri),
      isSigned: authorization === 'AWS_IAM',
      timeoutMilliseconds: integration.TimeoutInMillis ?? 30_000,
    });
  });
  routes.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return (method, path) => {
    for (const { match } of routes) {
      const found = match(method, path);
      if (found) return found;
    }
    return undefined;
  };
}

/** Ranks compare as text: literal segments go before parameters, those before greedy ones, and a method before ANY. */
function matcher(route: Route): { rank: string; match: MatchRoute } {
  const [method, path] = route.key.split(' ');
  if (path === undefined) return { rank: 'last', match: () => ({ route, pathParameters: {} }) };
  const segments = path.split('/').slice(1).map(segmentPattern);
  const pattern = new RegExp(`^${segments.map(({ source }) => `/${source}`).join('')}$`, 's');
  return {
    rank: [...segments.map(({ rank }) => rank), method === 'ANY' ? 1 : 0].join(''),
    match(requestMethod, requestPath) {
      const found = (method === 'ANY' || method === requestMethod) && pattern.exec(requestPath);
      return found ? { route, pathParameters: { ...found.groups } } : undefined;
    },
  };
}

function segmentPattern(segment: string): { rank: number; source: string } {
  const [, name, greedy] = /^\{(\w+)(\+)?\}$/.exec(segment) ?? [];
  if (!name) return { rank: 0, source: segment.replaceAll(/\W/g, '\\$&') };
  return greedy ? { rank: 2, source: `(?<${name}>.*)` } : { rank: 1, source: `(?<${name}>[^/]+)` };
}
