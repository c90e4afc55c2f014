#!/bin/bash
# F3, read from the system calls themselves (TAP): a fact is written, then synced, then answered for,
# and a hook begins only when its event is on disk. A new record's folder is synced, too.
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori

echo 1..1
name='a fact is written, synced, and only then answered for'
skip()
{
    echo "ok 1 - $name # SKIP $1"
    exit 0
}
command -v strace >/dev/null || skip "no strace"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
strace -o "$work/probe" true 2>/dev/null || skip "strace may not trace here"

export HOME=$work XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work/run XDG_DATA_HOME=$work/data
mkdir -p "$work/run" "$work/config/randori/hooks" && chmod 700 "$work/run"
printf '#!/bin/sh\n' >"$work/config/randori/hooks/turn-started"
chmod 700 "$work/config/randori/hooks/turn-started"
cd "$work" || exit 2
printf '[session]\nrecords = records\n[alerts]\nnotification = no\n' >session.ini
printf 'Ada Lovelace\nGrace Hopper\nAlan Turing\n' >participants.txt
: >nothing # for standard input

# Until a condition holds, within a bound only a broken program reaches.
await()
{
    for _ in $(seq 600); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    return 1
}

strace -f -s 70000 -o trace -e trace=openat,open,write,fdatasync,fsync,sendto,sendmsg,execve,ftruncate \
    "$randori" --plain <nothing >out 2>&1 &
await "$randori" next # refused until it listens
"$randori" pause >/dev/null && "$randori" resume >/dev/null &&
    "$randori" note 'Small steps' >/dev/null && "$randori" next >/dev/null
await grep -q 'turn-started"' trace
kill "$(pgrep -P $!)" 2>/dev/null
wait

if problems=$(awk -v program="$randori" '
    # A fact N is written: its line begins like this in the trace.
    /write\([0-9]+, "\{\\"seq\\":.*\\"crc\\":/ {
        text = $0
        sub(/.*\{\\"seq\\":/, "", text)
        written = text + 0
        if (written != last + 1)
            print "fact " written " is written after fact " last
        last = written
        facts++
    }
    / openat?\(.*\.jsonl", .*O_CREAT/ { created = 1 }
    / fsync\([0-9]+\) += 0| fsync resumed>\) += 0/ { folder_synced = 1 }
    # A sync counts for what was written when it began, not when it returned.
    /fdatasync\(/ { began[$1] = last }
    /fdatasync\([0-9]+\) += 0/ { synced = began[$1]; syncs++ }
    /fdatasync resumed>\) += 0/ { synced = began[$1]; syncs++ }
    /\\"ok\\":true/ {
        text = $0
        sub(/.*\\"seq\\":/, "", text)
        if (text + 0 > synced)
            print "fact " text + 0 " is answered for, synced is " synced
        if (!folder_synced)
            print "answered before the folder is synced"
        answers++
    }
    /execve\(".*turn-started"/ {
        if (synced < 3)
            print "the hook begins before its event is on disk"
        hooks++
    }
    /ftruncate\(/ { print "a record is cut without need: " $0 }
    END {
        if (!created || facts < 8 || syncs < 5 || answers < 5 || hooks < 1)
            print "too little happened: " facts " facts, " syncs " syncs, " answers " answers, " \
                hooks + 0 " hooks, created " created + 0
    }' trace) && [ -z "$problems" ]; then
    echo "ok 1 - $name"
else
    echo "not ok 1 - $name"
    printf '%s\n' "$problems" | sed 's/^/# /'
    grep -aE 'seq|sync|execve' trace | cut -c1-160 | sed 's/^/# /' | tail -n 60
    exit 1
fi
