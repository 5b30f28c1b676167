// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of Fn::Sub

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { functionId } from '../../infra/local/account.ts';
import {
  readTemplate,
  requireByPrefix,
  resolvedTemplate,
  type Template,
} from '../../infra/local/template.ts';
import { temporaryFolder } from '../infra/content-folder.ts';

const resources: Template['Resources'] = {
  Items: { Type: 'AWS::DynamoDB::GlobalTable' },
  Api: { Type: 'AWS::ApiGatewayV2::Api' },
  Edge: { Type: 'AWS::CloudFront::Distribution' },
  Queue: { Type: 'AWS::SQS::Queue' },
  Work: { Type: 'AWS::Lambda::Function' },
  WorkVersion1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Work' } } },
};

/** The value as a property of a resource would have it. */
function resolve(value: unknown): unknown {
  const template = { Resources: { ...resources, Thing: { Type: 'Thing', Properties: { value } } } };
  const find = resolvedTemplate(template, { baseUrl: 'http://localhost:1', tablePrefix: 'test-' });
  return find('Thing')[0]?.properties.value;
}

test.each([
  [{ Ref: 'Items' }, 'test-Items'],
  [{ Ref: 'Work' }, 'Work'],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ 'Fn::GetAtt': ['Items', 'StreamArn'] }, expect.stringMatching(/:table\/test-Items\/stream\/\w+$/)],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:Queue'],
  [{ 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }, 'http://localhost:1'],
  [
    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/x' },
    'arn:aws:iam::000000000000:policy/x',
  ],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Work' }]] }, 'a/Work'],
  [{ list: [{ deep: { Ref: 'Work' } }, 1, null] }, { list: [{ deep: 'Work' }, 1, null] }],
])('resolves %j', (value, expected) => {
  expect(resolve(value)).toEqual(expected);
});

test('takes the address that CloudFront would give for that of the site, and no other', () => {
  const address = (host: unknown) => resolve({ 'Fn::Join': ['', ['https://', host, '/x']] });

  expect(address({ 'Fn::GetAtt': ['Edge', 'DomainName'] })).toBe('http://localhost:1/x');
  expect(address('other.cloudfront.net')).toBe('https://other.cloudfront.net/x');
});

test.each([{ Ref: 'Work' }, { 'Fn::GetAtt': ['Work', 'Arn'] }, { Ref: 'WorkVersion1' }])(
  'finds the function that %j stands for',
  (value) => {
    expect(functionId(resolve(value) as string)).toBe('Work');
  },
);

test.each([
  [{ 'Fn::ImportValue': 'x' }, 'The local stage does not know Fn::ImportValue'],
  [{ Ref: 'Nothing' }, 'The local stage does not know the reference Nothing'],
  [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'The local stage does not know the attribute Queue.QueueName'],
])('refuses %j', (value, message) => {
  expect(() => resolve(value)).toThrow(message);
});

test('reads the template of an assembly with one stack', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'One.template.json'), JSON.stringify({ Resources: resources }));

  expect(readTemplate(folder)).toEqual({ Resources: resources });

  writeFileSync(join(folder, 'Two.template.json'), '{}');
  expect(() => readTemplate(folder)).toThrow('exactly one stack');
});

test('finds an entry by the beginning of its id, or by all of it', () => {
  const entries = new Map([
    ['Sweep12AB', 1],
    ['Read', 2],
    ['ReadAll', 3],
  ]);

  expect(['Sweep', 'Read', 'ReadA'].map((prefix) => requireByPrefix(entries, prefix))).toEqual([1, 2, 3]);
  expect(() => requireByPrefix(entries, 'Re')).toThrow(
    'Not exactly one of Sweep12AB, Read, ReadAll begins with Re',
  );
  expect(() => requireByPrefix(entries, 'X')).toThrow('begins with X');
});
