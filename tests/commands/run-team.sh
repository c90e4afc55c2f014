#!/bin/bash
# A team keeps its records in a git repository; two laptops record apart, and what they bring
# together is one past (TAP).
#
# shellcheck disable=SC2317 # the tests are functions called by name
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori

if ! command -v git >/dev/null; then
    echo "ok 1 - two laptops share their records # SKIP git is not installed"
    echo "1..1"
    exit 0
fi

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=$work/gitconfig GIT_CONFIG_NOSYSTEM=1
: >"$GIT_CONFIG_GLOBAL"
export GIT_AUTHOR_NAME=dojo GIT_AUTHOR_EMAIL=dojo@example.org
export GIT_COMMITTER_NAME=dojo GIT_COMMITTER_EMAIL=dojo@example.org
number=0 failed=0

# hold LAPTOP LINE...: a session of three turns on that laptop, and a commit.
hold()
{
    local laptop=$work/$1
    shift
    (cd "$laptop" && printf '%s\n' "$@" start next next next debrief roles 'vacant 1' 'vacant 2' \
        'date 2099-12-24' close quit | "$randori" --plain --new) >>"$work/said" 2>&1 &&
        git -C "$laptop" add -A && git -C "$laptop" commit -qm "a dojo"
}

bring_together()
{
    git -C "$work/$1" pull -q --no-rebase --no-edit && git -C "$work/$1" push -q
}

it()
{
    number=$((number + 1))
    if "$1" >>"$work/log" 2>&1; then
        echo "ok $number - ${1//_/ }"
    else
        echo "not ok $number - ${1//_/ }"
        sed 's/^/# /' "$work/log" "$work/said"
        failed=1
    fi
}

two_laptops_start_from_one_repository()
{
    git init -q --bare -b main "$work/team.git" && git clone -q "$work/team.git" "$work/ada" &&
        printf '[session]\nrecords = records\n[turn]\nhandover = 0s\norder = fair\n' \
            >"$work/ada/session.ini" &&
        printf '%s\n' 'Ada Lovelace' 'Grace Hopper' >"$work/ada/participants.txt" &&
        echo 'ticks.jsonl merge=union' >"$work/ada/.gitattributes" &&
        git -C "$work/ada" add -A && git -C "$work/ada" commit -qm "the dojo" &&
        git -C "$work/ada" push -q -u origin HEAD:main && git clone -q "$work/team.git" "$work/grace"
}

records_made_apart_merge_without_a_conflict()
{
    hold ada 'note @ada bring a cable' && hold grace 'join Kathleen Booth' && hold ada && hold grace &&
        bring_together ada && bring_together grace && bring_together ada &&
        [ -z "$(git -C "$work/ada" status --porcelain)" ] &&
        [ "$(git -C "$work/ada" rev-parse HEAD)" = "$(git -C "$work/grace" rev-parse HEAD)" ]
}

both_see_the_union()
{
    for laptop in ada grace; do
        (cd "$work/$laptop" && "$randori" history) >"$work/$laptop.out" 2>"$work/$laptop.err" || return 1
        grep -q 'sessions: 4,' "$work/$laptop.out" && [ ! -s "$work/$laptop.err" ] || return 1
    done
    cmp "$work/ada.out" "$work/grace.out"
}

# Who came, who drove how often, who prepares the next one: the same, whichever laptop noted it.
both_know_whom_the_other_met()
{
    for laptop in ada grace; do
        (cd "$work/$laptop" && "$randori" history --json) >"$work/$laptop.out" &&
            (cd "$work/$laptop" && "$randori" roles) >>"$work/$laptop.out"
        [ $? -eq 5 ] && grep -q '"name":"Kathleen Booth"' "$work/$laptop.out" &&
            grep -q '"actions":1,' "$work/$laptop.out" || return 1
    done
    cmp "$work/ada.out" "$work/grace.out"
}

# What one laptop noted, the other ticks; then it is gone on both.
an_action_item_is_ticked_on_the_other_laptop()
{
    : >"$work/said"
    hold grace 'done 1' && grep -q 'Still to do, 1: Ada Lovelace: bring a cable' "$work/said" &&
        bring_together grace && bring_together ada || return 1
    : >"$work/said"
    hold ada && ! grep -q 'Still to do' "$work/said"
}

# They stand in one file, and git is told that its lines may stand in any order.
ticks_made_apart_merge_too()
{
    local laptop
    for laptop in ada grace; do
        (cd "$work/$laptop" && "$randori" checklist ceremony tick "$([ "$laptop" = ada ] && echo 1 || echo 2)") &&
            git -C "$work/$laptop" add -A && git -C "$work/$laptop" commit -qm "ticked" || return 1
    done
    bring_together ada && bring_together grace && bring_together ada &&
        [ "$(wc -l <"$work/ada/records/ticks.jsonl")" -eq 2 ] &&
        cmp "$work/ada/records/ticks.jsonl" "$work/grace/records/ticks.jsonl"
}

it two_laptops_start_from_one_repository
it records_made_apart_merge_without_a_conflict
it both_see_the_union
it both_know_whom_the_other_met
it ticks_made_apart_merge_too
it an_action_item_is_ticked_on_the_other_laptop
echo "1..$number"
exit $failed
