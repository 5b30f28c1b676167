import type { Browser, Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser/chromium.ts';
import { deskButton, deskTells, writeAtDesk } from '../support/browser/desk.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

const pool = {
  kind: 'cognito',
  domain: 'newswire.auth.us-east-1.amazoncognito.com',
  clientId: 'client',
  userPoolId: 'us-east-1_Pool',
  identityPoolId: 'us-east-1:identities',
};
const identityHost = 'cognito-identity.us-east-1.amazonaws.com';

/** Plays Cognito's documented answers to a browser, with the local stage's keys as credentials of the account. */
async function playCognito(page: Page, group: string): Promise<string[]> {
  const asked: string[] = [];
  const seconds = 3600;
  await page.route('**/desk*', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /\{&quot;kind&quot;:&quot;keys&quot;\}/,
      JSON.stringify(pool).replaceAll('"', '&quot;'),
    );
    const csp = (answer.headers()['content-security-policy'] ?? '').replace(
      "connect-src 'self'",
      `connect-src 'self' https://${pool.domain} https://${identityHost}`,
    );
    await route.fulfill({
      response: answer,
      body,
      headers: { ...answer.headers(), 'content-security-policy': csp },
    });
  });
  await page.route(`https://${pool.domain}/**`, async (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname);
    if (url.pathname === '/oauth2/authorize') {
      expect(url.searchParams.get('code_challenge_method')).toBe('S256');
      const back = `${url.searchParams.get('redirect_uri')}?code=c0de&state=${url.searchParams.get('state')}`;
      const page = `<!doctype html><meta http-equiv="refresh" content="0;url=${back}">`;
      return route.fulfill({ contentType: 'text/html', body: page });
    }
    if (url.pathname !== '/oauth2/token') return route.fulfill({ status: 200, body: 'Signed out' });
    const claims = { exp: Math.floor(Date.now() / 1000) + seconds, 'cognito:groups': [group] };
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
    return answer(route, { id_token: token, refresh_token: 'refresh' });
  });
  await page.route(`https://${identityHost}/**`, async (route) => {
    const operation = (await route.request().allHeaders())['x-amz-target']?.split('.')[1] ?? 'preflight';
    asked.push(operation);
    if (operation === 'GetId') return answer(route, { IdentityId: 'us-east-1:me' });
    return answer(route, {
      Credentials: {
        AccessKeyId: 'local',
        SecretKey: 'local',
        SessionToken: 'session',
        Expiration: Date.now() / 1000 + seconds,
      },
    });
  });
  return asked;
}

function answer(route: Route, json: object): Promise<void> {
  return route.fulfill({
    json,
    headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
  });
}

describe.runIf(chromiumPath)('with an account of the pool', () => {
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    site = await startSite({ files: { 'site.yaml': siteYaml } });
    browser = await launchChromium();
    return async () => {
      await browser.close();
      await closeSound(site);
    };
  });

  async function signIn(group: string) {
    const { page, troubles } = await openPage(browser, site.url);
    const asked = await playCognito(page, group);
    await page.goto('/desk#/new');
    await deskButton(page, 'Sign in').click();
    await page.getByLabel('Title').waitFor();
    return { page, asked, troubles };
  }

  test('an editor signs in at the pool, comes back to where it began, and publishes', async () => {
    const { page, asked } = await signIn('editors');
    expect(new URL(page.url()).search + new URL(page.url()).hash).toBe('#/new');

    await writeAtDesk(page, 'By account', 'Signed.');
    await deskButton(page, 'Publish').click();
    await deskTells(page, 'Published.');

    expect((await site.fetch('/news/by-account')).status).toBe(200);
    expect(asked).toEqual(['/oauth2/authorize', '/oauth2/token', 'GetId', 'GetCredentialsForIdentity']);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toMatch(
      /refresh|e30|session/,
    );
    await page.context().close();
  });

  test('a contributor drafts, by the address of drafts, and is offered nothing else', async () => {
    const { page } = await signIn('contributors');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' && request.url().startsWith(site.url))
        sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await writeAtDesk(page, 'A proposal', 'Perhaps.');
    expect(await deskButton(page, 'Publish').count()).toBe(0);
    await deskButton(page, 'Save draft').click();
    await deskTells(page, 'Saved.');
    await writeAtDesk(page, 'A proposal', ' Surely.');
    await deskButton(page, 'Save draft').click();
    await deskTells(page, 'Saved.');

    expect(sent).toEqual(['POST /drafts', 'PUT /drafts/a-proposal']);
    expect(await (await signedFetch(`${site.url}/articles/a-proposal`)).json()).toMatchObject({
      status: 'draft',
      article: { html: '<p>Perhaps. Surely.</p>' },
    });
    await deskButton(page, 'Versions').click();
    await deskButton(page, 'Look').first().waitFor();
    expect(await deskButton(page, 'Restore').count()).toBe(0);
    await page.context().close();
  });

  test('whoever the pool refuses is told so', async () => {
    const { page } = await openPage(browser, site.url);
    await playCognito(page, 'editors');
    await page.route(`https://${pool.domain}/oauth2/token`, (route) =>
      route.fulfill({
        status: 400,
        json: { error: 'invalid_grant' },
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    await page.goto('/desk');
    await deskButton(page, 'Sign in').click();

    await page.getByText('You could not be signed in. (invalid_grant)').waitFor();
    await page.context().close();
  });
});
