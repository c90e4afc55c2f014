#!/bin/bash
# Odd starts, odd folders and hostile words, on the whole program (TAP): F4, F7, F17, F22, F23, F27.
#
# shellcheck disable=SC2317 # the tests are functions called by name
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori

work=$(mktemp -d) || exit 2
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
number=0 failed=0

it()
{
    rm -rf "${work:?}"/*
    mkdir -p "$work/here" "$work/run" "$work/config/randori/hooks"
    chmod 700 "$work/run"
    export HOME=$work XDG_RUNTIME_DIR=$work/run XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
    : >"$work/nothing" # for standard input
    cd "$work/here" || exit 2
    printf '[session]\nrecords = records\n[alerts]\nnotification = no\n' >session.ini
    printf 'Ada Lovelace\nGrace Hopper\n' >participants.txt
    number=$((number + 1))
    skipped=''
    if "$1"; then
        echo "ok $number - ${1//_/ }${skipped:+ # SKIP $skipped}"
    else
        echo "not ok $number - ${1//_/ }"
        head -n 5 out err records/*.jsonl 2>/dev/null | cut -c1-200 | sed 's/^/# /'
        failed=1
    fi
    for job in $(jobs -p); do
        kill "$job" 2>/dev/null
    done
    wait
}

# Until a condition holds, within a bound only a broken program reaches.
await()
{
    for _ in $(seq 400); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    return 1
}

# F27: a file would get the number of a standard descriptor that is closed, and what is printed with it.
closed_descriptors_do_not_become_the_record()
{
    local closed
    for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
        rm -rf records
        eval "exec \"\$randori\" --plain $closed" >/dev/null 2>&1 <"$work/nothing" &
        await "$randori" next || return 1
        kill %%
        wait %% 2>/dev/null
        ! grep -qv '^{"seq":' records/*.jsonl && "$randori" report >out 2>err && [ ! -s err ] ||
            return 1
    done
}

# F7: one folder has one live session, however many start at once.
of_twenty_at_once_one_wins()
{
    local i status winners=0 losers=0 pids=()
    for i in $(seq 20); do
        "$randori" --plain --new <"$work/nothing" >"out$i" 2>"err$i" &
        pids+=($!)
    done
    await "$randori" status || return 1
    lost()
    {
        grep -l 'session is running' err* | wc -l | grep -qx 19
    }
    await lost || return 1
    "$randori" note 'still here' >out || return 1
    kill "${pids[@]}" 2>/dev/null
    for i in "${pids[@]}"; do
        wait "$i" 2>/dev/null
        status=$?
        case $status in
        7) losers=$((losers + 1)) ;;
        143) winners=$((winners + 1)) ;;
        esac
    done
    [ "$winners" -eq 1 ] && [ "$losers" -eq 19 ]
}

# F17: no text reaches a shell: not a name, not a title, not a note, not on the way to a hook; however
# it would be quoted there.
what_a_shell_would_run_is_a_text()
{
    local bad text hooks=$work/config/randori/hooks
    # shellcheck disable=SC2016 # this is what is tested
    bad='$(touch canary) `touch canary`; touch canary | touch canary & -rf --help %s%n'
    printf '[session]\nrecords = records\ntitle = %s\ntopic = %s\n[alerts]\nnotification = no\n' \
        "$bad" "$bad" >session.ini
    printf '%s\n' "Ada $bad" "Grace $bad" >participants.txt
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nprintf "%%s\\n" "$RANDORI_DRIVER" "$RANDORI_TITLE" "$RANDORI_TEXT" >>%s/seen\n' \
        "$work" >"$hooks/turn-started"
    cp "$hooks/turn-started" "$hooks/note-added"
    chmod 700 "$hooks"/*
    "$randori" --plain <"$work/nothing" >out 2>err &
    await "$randori" next || return 1
    for text in "$bad" "' $bad '" "\" $bad \"" "'; touch canary; '" '"; touch canary; "'; do
        "$randori" note "$text" >/dev/null || return 1
        await grep -qxF -- "$text" "$work/seen" || return 1
    done
    grep -qxF -- "Ada $bad" "$work/seen" && [ "$(grep -cxF -- "$bad" "$work/seen")" -ge 6 ] &&
        [ -z "$(find "$work" -name canary)" ]
}

# F4: a limit to a file's size cuts a write in the middle, as a full disk does.
a_file_size_limit_is_survived()
{
    local size
    command -v prlimit >/dev/null || return 0
    "$randori" --plain <"$work/nothing" >said 2>&1 &
    await "$randori" step 1 || return 1
    size=$(stat -c %s records/*.jsonl)
    prlimit --pid $! --fsize=$((size + 200)):unlimited
    "$randori" next >out 2>err
    [ $? -eq 1 ] && grep -q 'not saved yet: File too large' err || return 1
    "$randori" pause >out 2>err
    [ $? -eq 75 ] && "$randori" status --json | grep -qF \
        '"ready":false,"in_flight":[],"why":"Nothing is taken now: the record cannot be written: File too large.",' &&
        "$randori" report >out 2>err && [ ! -s err ] || return 1
    prlimit --pid $! --fsize=unlimited:unlimited
    ready()
    {
        "$randori" status --json | grep -qF '"ready":true,'
    }
    await grep -q turn_started records/*.jsonl && await ready && "$randori" note 'it fits again' >out &&
        "$randori" report >out 2>err && [ ! -s err ]
}

# F22: whatever the umask.
nobody_else_can_read_a_record()
{
    (umask 0 && exec "$randori" --plain <"$work/nothing" >out 2>err) &
    await "$randori" status || return 1
    [ "$(stat -c %a records)" = 700 ] && [ "$(stat -c %a records/*.jsonl)" = 600 ]
}

# For root no folder is read-only, so the program runs as nobody; who may not write the counts of a
# build that counts where it was built.
as_nobody()
{
    if [ "$(id -u)" -eq 0 ]; then
        GCOV_PREFIX=counts setpriv --reuid=65534 --regid=65534 --clear-groups "$work/randori" "$@"
    else
        "$randori" "$@"
    fi
}

# refused STATUS WORDS ARGUMENT...: and it leaves the folder as it was.
refused()
{
    local expected=$1 words=$2 status before
    shift 2
    before=$(ls -l records)
    as_nobody "$@" <"$work/nothing" >out 2>err
    status=$?
    [ "$status" -eq "$expected" ] && grep -qF -- "$words" err && [ "$(ls -l records)" = "$before" ]
}

# F23: said at the start, with the way out; what is there can still be read, and gone on with where
# the file itself may be written.
a_read_only_folder_is_named()
{
    if [ "$(id -u)" -eq 0 ]; then
        cp "$randori" "$work" && chmod 755 "$work" && chown -R 65534:65534 "$work" || return 1
        as_nobody --version >out 2>&1 || {
            skipped="nobody may not run what is built here"
            return 0
        }
    fi
    printf 'start\nnote kept\nquit\n' | as_nobody --plain >out 2>err || return 1
    chmod 555 records
    refused 1 'records: a record cannot be created there: Permission denied' --plain --new &&
        grep -qF '"records" in session.ini names another folder' err &&
        as_nobody report >out 2>err && grep -q kept out && [ ! -s err ] || return 1
    printf '{"seq"' >>"$(echo records/*.jsonl)"
    printf 'note more\nquit\n' | as_nobody --plain --resume >out 2>err &&
        grep -q 'torn end could not be kept: Permission denied' err && as_nobody report >out 2>err &&
        grep -q more out && [ ! -s err ] || return 1
    chmod 444 records/*.jsonl
    refused 1 'cannot be opened: Permission denied' --plain --resume
}

# F23: the same of a whole file system.
a_read_only_file_system_is_named()
{
    printf 'start\nquit\n' | "$randori" --plain >out 2>err || return 1
    # shellcheck disable=SC2016 # the inner shell's
    unshare -rm sh -c 'mount --bind records records && mount -o remount,ro,bind records || exit 99
        cd .
        "$0" --plain --new <"$1"; echo $?
        "$0" --plain --resume <"$1"; echo $?' "$randori" "$work/nothing" >out 2>err
    if [ ! -s out ]; then
        skipped="no file system can be mounted here"
        return 0
    fi
    [ "$(cat out)" = $'1\n1' ] && grep -q 'created there: Read-only file system' err &&
        grep -q 'cannot be opened: Read-only file system' err
}

it closed_descriptors_do_not_become_the_record
it of_twenty_at_once_one_wins
it what_a_shell_would_run_is_a_text
it a_file_size_limit_is_survived
it nobody_else_can_read_a_record
it a_read_only_folder_is_named
it a_read_only_file_system_is_named
echo "1..$number"
exit $failed
