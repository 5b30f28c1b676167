import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from './start-error.ts';

/** On this machine alone; port 0 is any free one. Throws StartError when the port is taken. */
export async function listen(
  port: number,
  listener: RequestListener,
): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(`Port ${port} is in use: stop what listens there, or set PORT to another one`);
  }
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
