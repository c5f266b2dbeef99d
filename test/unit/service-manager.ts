/** The service manager's end of the notices: a socket of datagrams, read in a process of its own since Node has none. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type ServiceManager = {
  /** All that was heard, a notice a paragraph. */
  heard(): string;
  close(): void;
};

/** What comes with a notice (a file descriptor, to be closed once it was heard) is dropped by recv(2). */
const HEAR = `$| = 1;
my $notices = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die $!;
print "listening\\n";
my $text;
print "$text\\n" while defined $notices->recv($text, 4096);`;

/** Listens at `path`, where nothing may be yet. */
export async function openServiceManager(path: string): Promise<ServiceManager> {
  const child = spawn('perl', ['-MIO::Socket::UNIX', '-e', HEAR, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString('utf8');
  });
  await once(child.stdout, 'data');
  return { heard: () => heard, close: () => void child.kill() };
}
