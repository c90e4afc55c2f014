/*
 * The records of a folder by name. Names begin with the time, so their order is that of the
 * sessions, also in a folder that several machines share.
 */
#ifndef STORAGE_LISTING_H
#define STORAGE_LISTING_H

struct listing {
    char **name; /* owned: file names without folder */
    int count, room;
};

/* The oldest first. A folder that cannot be read (NULL, too) holds none. */
void listing_read(const char *folder, struct listing *listing);
void listing_free(struct listing *listing);

#endif
