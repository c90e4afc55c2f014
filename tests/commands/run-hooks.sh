#!/bin/bash
# randori hooks: the list, the log, and a run with sample data (TAP).
#
# shellcheck disable=SC2317,SC2016 # the tests are functions called by name; hooks expand variables
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori
manual=$PWD/man/randori.1

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
hooks=$XDG_CONFIG_HOME/randori/hooks
number=0 failed=0

# hooks ARGUMENT...: leaves out, err and status in the work folder.
hooks()
{
    (cd "$work" && "$randori" hooks "$@") >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# it NAME: runs the function of that name with an empty folder of hooks.
it()
{
    rm -rf "$XDG_CONFIG_HOME" "$XDG_STATE_HOME"
    mkdir -p "$hooks" "$XDG_STATE_HOME/randori"
    number=$((number + 1))
    if "$1"; then
        echo "ok $number - ${1//_/ }"
    else
        echo "not ok $number - ${1//_/ }"
        echo "# status $status"
        sed 's/^/# /' "$work/out" "$work/err"
        failed=1
    fi
}

# hook NAME LINE...: an executable script.
hook()
{
    local name=$1
    shift
    printf '%s\n' '#!/bin/sh' "$@" >"$hooks/$name"
    chmod 755 "$hooks/$name"
}

said()
{
    grep -qF -- "$1" "$work/out"
}

complained()
{
    grep -qF -- "$1" "$work/err"
}

tells_the_names_when_there_is_none()
{
    hooks
    [ "$status" -eq 0 ] && said "There are no hooks in $hooks." && said turn-started || return 1
    rm -rf "$XDG_CONFIG_HOME"
    hooks
    [ "$status" -eq 0 ] && said "There are no hooks in $hooks."
}

lists_them_and_why_one_is_not_run()
{
    hook turn-started
    hook turn-stopped
    hook light
    chmod 777 "$hooks/light"
    hook $'evil\033[31m'
    hooks
    [ "$status" -eq 0 ] && said "  turn-started         runs" &&
        said "  turn-stopped         is not run: it has no event's name" &&
        said "  light                is not run: it may be changed by others (chmod go-w)" &&
        said $'  evil\xEF\xBF\xBD[31m' && ! said $'\033'
}

runs_one_with_sample_data()
{
    hook turn-started 'echo "$RANDORI_DRIVER then $RANDORI_NEXT, $RANDORI_PRACTICE"; cat' \
        'printf "red\033[31m\n"'
    hooks run turn-started
    [ "$status" -eq 0 ] && said "Ada Lovelace then Grace Hopper, 1" &&
        said '"event":"turn_started","by":"key","turn":1,"person":1,"ms":300000}' &&
        said "turn-started: exit 0" && said $'red\xEF\xBF\xBD[31m' && ! said $'\033'
}

every_hook_can_be_tried()
{
    local name names
    names=$(hooks && sed -n 's/^    //p' "$work/out")
    [ "$(wc -w <<<"$names")" -gt 40 ] || return 1
    for name in $names light; do
        hook "$name" 'grep -q "\"event\":\"$RANDORI_EVENT\""'
        hooks run "$name"
        [ "$status" -eq 0 ] || return 1
        rm "$hooks/$name"
    done
}

tells_how_one_failed()
{
    hook paused 'echo wrong >&2' 'exit 3'
    hooks run paused
    [ "$status" -eq 1 ] && said wrong && said "paused: exit 3" || return 1
    echo "no first line" >"$hooks/paused"
    hooks run paused
    [ "$status" -eq 1 ] && said "paused: not started: Exec format error" || return 1
    chmod -x "$hooks/paused"
    hooks run paused
    [ "$status" -eq 1 ] && complained "The hook paused is not run: it is not executable"
}

does_not_run_what_is_not_there()
{
    hooks run paused
    [ "$status" -eq 4 ] && complained "there is no hook paused in $hooks" || return 1
    hooks run turn-stopped
    [ "$status" -eq 2 ] && complained 'no event has a hook called "turn-stopped"' || return 1
    hooks run
    [ "$status" -eq 2 ] || return 1
    hooks no such thing
    [ "$status" -eq 2 ] && complained "usage: randori hooks [log | run NAME]"
}

shows_both_logs()
{
    hooks log
    [ "$status" -eq 0 ] && said "No hook has run yet" || return 1
    echo "older" >"$XDG_STATE_HOME/randori/hooks.log.1"
    printf 'newer\033[31m\n' >"$XDG_STATE_HOME/randori/hooks.log"
    hooks log
    [ "$status" -eq 0 ] && printf 'older\nnewer\xEF\xBF\xBD[31m\n' | cmp -s - "$work/out"
}

# A session's hook is run in earnest, and what it says is in the log.
runs_in_a_session()
{
    printf 'Ada Lovelace\nGrace Hopper\n' >"$work/people.txt"
    hook turn-started 'echo "$RANDORI_DRIVER drives"'
    rm -rf "$work/data"
    printf 'start\nquit\n' | XDG_DATA_HOME=$work/data XDG_RUNTIME_DIR=$work/state \
        "$randori" --plain -p "$work/people.txt" >"$work/out" 2>"$work/err"
    status=$?
    hooks log
    said "  turn-started  exit 0" && said "    Ada Lovelace drives" &&
        [ "$(grep -c hook_ "$work"/data/randori/*.jsonl)" -eq 2 ]
}

the_manual_names_every_hook()
{
    local name
    hooks
    sed -n 's/^    //p' "$work/out" | tr ' ' '\n' >"$work/names"
    sed -n '/^\.Sh HOOKS/,/^A hook gets/s/^\.\(Pq also \)\{0,1\}Ic \([a-z-]*\).*/\2/p' "$manual" \
        >"$work/told"
    [ "$(wc -l <"$work/names")" -gt 40 ] || return 1
    echo light >>"$work/names"
    diff <(sort "$work/names") <(sort "$work/told") >"$work/out"
}

it tells_the_names_when_there_is_none
it lists_them_and_why_one_is_not_run
it runs_one_with_sample_data
it every_hook_can_be_tried
it tells_how_one_failed
it does_not_run_what_is_not_there
it shows_both_logs
it runs_in_a_session
it the_manual_names_every_hook
echo "1..$number"
exit $failed
