import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';

/** An OAuth issuer with the device flow (RFC 8628), whose users approve every request at once. */
export interface Issuer {
  /** The token that the next logins get. */
  readonly grants: (token: string) => void;
  /** The name in its discovery document. */
  readonly callsItself: (name: string) => void;
  /** What the last client sent for a device code. */
  readonly asked: () => URLSearchParams;
  readonly stop: () => Promise<void>;
}

/** Starts it at a port of the loopback interface, with the certificate of `host`. */
export async function issuer(
  host: string,
  port: number,
  files: { readonly cert: string; readonly key: string },
): Promise<Issuer> {
  const base = `https://${host}:${port}`;
  let [name, token, asked] = [base, '', new URLSearchParams()];
  const answer = async (path: string | undefined, body: string): Promise<object | undefined> => {
    if (path === '/.well-known/openid-configuration') {
      return {
        issuer: name,
        token_endpoint: `${base}/token`,
        device_authorization_endpoint: `${base}/device`,
        grant_types_supported: ['urn:ietf:params:oauth:grant-type:device_code'],
      };
    }
    if (path === '/device') {
      asked = new URLSearchParams(body);
      return {
        device_code: 'device',
        user_code: 'ABCD-EFGH',
        verification_uri: `${base}/login`,
        expires_in: 60,
        interval: 1,
      };
    }
    return path === '/token' ? { access_token: token, token_type: 'Bearer', expires_in: 60 } : undefined;
  };
  const server = createServer({ cert: readFileSync(files.cert), key: readFileSync(files.key) }, (request, response) => {
    void text(request)
      .then((body) => answer(request.url, body))
      .then((found) => {
        response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(found ?? {}));
      });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    grants: (next) => {
      token = next;
    },
    callsItself: (next) => {
      name = next;
    },
    asked: () => asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
