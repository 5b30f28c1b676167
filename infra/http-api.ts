import { HttpApi, HttpMethod, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Made before the functions, which need its address; its routes follow when the functions exist. */
export class NewsApi extends Construct {
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, apiName: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName });
  }

  /** Without a trailing slash. */
  get endpoint(): string {
    return this.api.apiEndpoint;
  }

  /** Any method of these paths, open to everyone. */
  routePublic(id: string, handler: IFunction, paths: string[]): void {
    this.route(id, handler, paths);
  }

  /** Any method of these paths, for requests signed by someone whom IAM allows to invoke them. */
  routeSigned(id: string, handler: IFunction, paths: string[]): void {
    this.route(id, handler, paths, new HttpIamAuthorizer());
  }

  private route(id: string, handler: IFunction, paths: string[], authorizer?: IHttpRouteAuthorizer): void {
    const integration = new HttpLambdaIntegration(id, handler);
    for (const path of paths) {
      this.api.addRoutes({
        path,
        methods: [HttpMethod.ANY],
        integration,
        ...(authorizer && { authorizer }),
      });
    }
  }
}
