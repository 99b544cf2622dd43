import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * A connection that a jump host made for us, as a stream that is closed as soon as we destroy it. The channel itself
 * closes only when the jump host says so, and one that does not answer any more never does.
 */
export function tunnel(channel: ClientChannel): Duplex {
  const stream = new Duplex({
    read() {
      channel.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      channel.write(chunk, done);
    },
    final(done) {
      channel.end();
      done();
    },
    destroy(error, done) {
      channel.destroy();
      done(error);
    },
  });
  channel
    .on('data', (chunk: Buffer) => {
      if (!stream.push(chunk)) channel.pause();
    })
    .on('end', () => stream.push(null))
    .on('error', (error: Error) => stream.destroy(error))
    .on('close', () => stream.destroy());
  return stream;
}
