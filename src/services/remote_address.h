/* The address of a Unix socket whose path may be longer than the 107 bytes that an address holds. */
#ifndef SERVICES_REMOTE_ADDRESS_H
#define SERVICES_REMOTE_ADDRESS_H

#include <stdbool.h>
#include <sys/un.h>

/* Fills *address; a descriptor that has to stay open while it is used is put into *folder (-1:
 * none), the caller's to close. False with errno. */
bool remote_address(const char *path, struct sockaddr_un *address, int *folder);

#endif
