/*
 * Two groups, a way out when more people are here than turns (R15): one stays, the other goes to a
 * screen of its own. In this session those who go are away: one fact, person_away, that names them
 * all.
 */
#ifndef SESSION_GROUPS_H
#define SESSION_GROUPS_H

#include "session/session.h"

enum { GROUPS_LEAST = 4 /* who drive, or somebody would drive alone */ };

/* Who goes, by their ids into `ids`, which has room for all of the roster: those present are dealt
 * by the order of the list, the first stays; observers likewise, among themselves, so that the
 * groups drive equally often. Returns how many. */
int groups_deal(const struct roster *roster, int64_t *ids);

/* "The other group: Grace Hopper, Kathleen Booth and 2 more. They need a second laptop.": as many
 * names as that many columns and bytes hold. Who came back, or left alone since, is not in it. ""
 * when there is no other group. Returns `out`. */
char *groups_line(const struct session *session, int columns, char *out, size_t size);

#endif
