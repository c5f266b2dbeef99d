/*
 * apdus-over-libnfc: selects the Type B card that lies on libnfc's default device, sends it each line of standard
 * input as a command APDU in hexadecimal, and prints each answer likewise. Ends with 1 and libnfc's own words at the
 * first thing that fails.
 */
#include <stdio.h>
#include <stdlib.h>

#include <nfc/nfc.h>

#define LONGEST_COMMAND 261
/* 256 bytes of data and the status word, and room to notice more. */
#define LONGEST_ANSWER 300
#define LONGEST_LINE (2 * LONGEST_COMMAND + 2)
#define CARD_TIMEOUT_MS 5000

static size_t parse_hex(const char *line, uint8_t *bytes)
{
	unsigned int byte;
	size_t length = 0;

	while (length < LONGEST_COMMAND && sscanf(line + 2 * length, "%2x", &byte) == 1)
		bytes[length++] = (uint8_t)byte;
	return length;
}

static int send_lines(nfc_device *device)
{
	char line[LONGEST_LINE];
	uint8_t command[LONGEST_COMMAND], answer[LONGEST_ANSWER];

	while (fgets(line, sizeof line, stdin) != NULL) {
		size_t length = parse_hex(line, command);
		int got = nfc_initiator_transceive_bytes(device, command, length, answer, sizeof answer, CARD_TIMEOUT_MS);
		if (got < 0) {
			nfc_perror(device, "transceive");
			return 1;
		}
		for (int i = 0; i < got; i++)
			printf("%02X", answer[i]);
		printf("\n");
	}
	return 0;
}

int main(void)
{
	const nfc_modulation type_b = { .nmt = NMT_ISO14443B, .nbr = NBR_106 };
	nfc_context *context = NULL;
	nfc_device *device = NULL;
	nfc_target card;
	int code = 1;

	nfc_init(&context);
	if (context != NULL)
		device = nfc_open(context, NULL);
	if (device == NULL)
		fprintf(stderr, "no device\n");
	else if (nfc_initiator_init(device) < 0)
		nfc_perror(device, "initiator_init");
	else if (nfc_initiator_select_passive_target(device, type_b, NULL, 0, &card) <= 0)
		nfc_perror(device, "no Type B card");
	else
		code = send_lines(device);
	if (device != NULL)
		nfc_close(device);
	if (context != NULL)
		nfc_exit(context);
	return code;
}
