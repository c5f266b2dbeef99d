/*
 * listen-then-run SOCKET PROGRAM [ARGUMENT...]
 *
 * Becomes PROGRAM with a listening Unix socket as file descriptor 3, as systemd starts a service by its socket
 * (sd_listen_fds(3)). So a pcscd can have a socket of its own: by itself it knows only /run/pcscd/pcscd.comm, which
 * the machine's own pcscd may hold.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_PASSED_DESCRIPTOR 3

int main(int argc, char **argv)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char pid[24];

	if (argc < 3 || strlen(argv[1]) >= sizeof address.sun_path) {
		fprintf(stderr, "usage: listen-then-run SOCKET PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	strcpy(address.sun_path, argv[1]);

	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 16) != 0) {
		perror(argv[1]);
		return 1;
	}
	if (listener != FIRST_PASSED_DESCRIPTOR) {
		dup2(listener, FIRST_PASSED_DESCRIPTOR);
		close(listener);
	}
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "1", 1);
	execv(argv[2], argv + 2);
	perror(argv[2]);
	return 1;
}
