import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnRoute,
  type CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Stage, stackName } from './stages.ts';

// Finds a request again and says why it failed; nothing about who made it, and no query.
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    time: '$context.requestTimeEpoch',
    requestId: '$context.requestId',
    method: '$context.httpMethod',
    path: '$context.path',
    route: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  }),
);

/** Of each signed route: more than one newsroom needs. */
const editorsThrottle = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 100 };

/** Created before the functions, which need its address; the routes are added once the functions exist. */
export class NewsApi extends Construct {
  readonly api: HttpApi;
  readonly accessLogs: LogGroup;
  private readonly stage: HttpStage;
  private readonly isThrottled: boolean;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: stackName(stage), createDefaultStage: false });
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      // API Gateway adds every other group to a policy of the whole account and region, which holds 5,120 characters.
      logGroupName: `/aws/vendedlogs/${stackName(stage)}-access`,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { requests } = stage.caps ?? {};
    this.isThrottled = requests !== undefined;
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLogs),
        format: accessLogFormat,
      },
      ...(requests && { throttle: { rateLimit: requests.perSecond, burstLimit: requests.burst } }),
    });
  }

  /** Without a trailing slash. */
  get endpoint(): string {
    return this.api.apiEndpoint;
  }

  get host(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** Routes every method of these paths, open to everyone. */
  routePublic(id: string, handler: IFunction, paths: string[]): void {
    for (const route of this.route(id, handler, paths))
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Public reading is the product; writing has routes of its own, authorised by IAM.',
      });
  }

  /** Routes these methods of these paths, every one by default, for signed requests that IAM allows. */
  routeSigned(id: string, handler: IFunction, paths: string[], methods?: HttpMethod[]): void {
    const routes = this.route(id, handler, paths, methods, new HttpIamAuthorizer());
    if (this.isThrottled) this.throttleApart(routes);
  }

  /** Editors get through while readers, or a flood, use up the stage's throttle. */
  private throttleApart(routes: HttpRoute[]): void {
    const stage = this.stage.node.defaultChild as CfnStage;
    for (const { node } of routes) {
      const route = node.defaultChild as CfnRoute;
      stage.addPropertyOverride(`RouteSettings.${route.routeKey}`, editorsThrottle);
      // A setting of a route that is not there yet is refused.
      stage.addResourceDependency(route);
    }
  }

  private route(
    id: string,
    handler: IFunction,
    paths: string[],
    methods = [HttpMethod.ANY],
    authorizer?: IHttpRouteAuthorizer,
  ) {
    const integration = new HttpLambdaIntegration(id, handler);
    return paths.flatMap((path) =>
      this.api.addRoutes({
        path,
        methods,
        integration,
        ...(authorizer && { authorizer }),
      }),
    );
  }
}
