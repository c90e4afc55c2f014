#!/bin/bash
# randori report, on a record of format version 1: it must be read like this for ever (TAP).
#
# shellcheck disable=SC2317 # the tests are functions called by name
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori
samples=$PWD/tests/commands/records
name=20261122T114000Z-5eed

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0 failed=0

# report ARGUMENT...: leaves out, err and status in the work folder.
report()
{
    (cd "$work/here" && HOME=$work/here "$randori" report "$@") >"$work/out" 2>"$work/err"
    status=$?
}

# it NAME: runs the function of that name in a fresh folder with one record.
it()
{
    rm -rf "$work/here"
    mkdir -p "$work/here/records"
    cp "$samples/$name.jsonl" "$work/here/records/"
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

said()
{
    grep -qF -- "$1" "$work/err"
}

shows_the_minutes()
{
    report --records records
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt" && [ ! -s "$work/err" ]
}

takes_the_folder_from_session_ini()
{
    printf '[session]\nrecords = records\n' >"$work/here/session.ini"
    report
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt" || return 1
    mv "$work/here/session.ini" "$work/here/other.ini"
    report -c other.ini
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt"
}

takes_a_name_a_beginning_or_a_path()
{
    for session in "$name.jsonl" 20261122 "records/$name.jsonl"; do
        report --records records "$session"
        [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt" || return 1
    done
    report "./records/$name.jsonl"
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt"
}

# Four weeks later Ada ticks what Grace had promised.
says_what_was_done_since()
{
    cp "$samples/20261220T114000Z-5eed.jsonl" "$work/here/records/"
    report --records records 20261122
    [ "$status" -eq 0 ] && grep -qx '  - Publish the solution (Grace Hopper), done' "$work/out" &&
        grep -qx '  - Find a larger screen (nobody yet)' "$work/out" || return 1
    report --records records 20261122 --format markdown
    grep -qxF -- '- [x] Publish the solution (Grace Hopper)' "$work/out" &&
        grep -qxF -- '- [ ] Find a larger screen (nobody yet)' "$work/out" || return 1
    report --records records
    [ "$status" -eq 0 ] && grep -qx 'Done since last time (1)' "$work/out" &&
        grep -qx '  - Publish the solution (Grace Hopper), done' "$work/out"
}

says_who_held_the_roles_that_day()
{
    cp "$samples/$name.jsonl" "$work/here/records/20261022T114000Z-5eed.jsonl"
    report --records records
    [ "$status" -eq 0 ] && grep -qx 'Master of Ceremony: Kathleen Booth' "$work/out"
}

shows_what_is_left_of_a_damaged_record()
{
    sed -i '21s/Small/Large/' "$work/here/records/$name.jsonl"
    report --records records
    [ "$status" -eq 6 ] && said "records/$name.jsonl:21: the checksum does not match" &&
        grep -q 'Grace Hopper      2:50' "$work/out" && ! grep -q 'Large steps' "$work/out"
}

saves_what_is_good_of_a_damaged_record() # F2
{
    sed -i '21s/Small/Large/' "$work/here/records/$name.jsonl"
    cp "$work/here/records/$name.jsonl" "$work/before"
    report --records records --salvage saved.jsonl
    [ "$status" -eq 0 ] && said "$name.jsonl:21: the checksum does not match" &&
        said 'saved.jsonl: holds the 20 facts up to ' && said ' lines from the damage on are left out' &&
        grep -qx 'Noted behind the damage, and not in the new record:' "$work/out" &&
        cmp -s "$work/before" "$work/here/records/$name.jsonl" || return 1
    report ./saved.jsonl
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] && grep -q 'Grace Hopper      2:50' "$work/out" || return 1
    report --records records --salvage saved.jsonl
    [ "$status" -eq 1 ] && said 'saved.jsonl: cannot be written: File exists'
}

saves_nothing_where_nothing_is_good()
{
    sed -i '1s/host/hast/' "$work/here/records/$name.jsonl"
    report --records records --salvage saved.jsonl
    [ "$status" -eq 6 ] && said 'there is nothing that can be saved' && [ ! -e "$work/here/saved.jsonl" ]
}

forgives_a_torn_end() # F1
{
    printf '{"seq":30,' >>"$work/here/records/$name.jsonl"
    report --records records
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt" &&
        said "$name.jsonl: a half-written last line (10 bytes) is left out"
}

refuses_what_is_no_record()
{
    echo 'dear diary' >"$work/here/records/$name.jsonl"
    report --records records
    [ "$status" -eq 6 ] && said "$name.jsonl:1: this is no record of a session" && [ ! -s "$work/out" ]
}

says_when_there_is_none()
{
    report --records nowhere
    [ "$status" -eq 1 ] && said 'there is no record in nowhere yet' || return 1
    report --records records 2027
    [ "$status" -eq 1 ] && said 'no record in records is named, or begins with, "2027"'
}

a_mistake_in_session_ini_is_told()
{
    printf '[session]\nrecrods = records\n' >"$work/here/session.ini"
    report
    [ "$status" -eq 2 ] && said 'session.ini:2:' || return 1
    report "records/$name.jsonl"
    [ "$status" -eq 0 ]
}

a_mistake_in_the_list_of_people_does_not_matter()
{
    printf '[session]\nrecords = records\n' >"$work/here/session.ini"
    printf 'Ada Lovelace\nAda Lovelace\n' >"$work/here/participants.txt"
    report
    [ "$status" -eq 0 ] && cmp -s "$work/out" "$samples/$name.txt"
}

wrong_use_is_told()
{
    report one two
    [ "$status" -eq 2 ] && said 'usage: randori report' || return 1
    report --what
    [ "$status" -eq 2 ]
}

every_form_can_be_asked_for()
{
    local start
    while read -r form start; do
        report --records records --format "$form"
        [ "$status" -eq 0 ] && [ ! -s "$work/err" ] &&
            [ "$(head -n 1 "$work/out" | tr -d '\r')" = "$start" ] || return 1
    done <<'END'
text Coding dojo, 2026-11-22
markdown # Coding dojo, 2026-11-22
html <!DOCTYPE html>
json {
csv turn,date,start,end,driver,length_s,paused_s,ended_by,counted,extra,extensions,light,lights,passed
END
    report --records records --format xml
    [ "$status" -eq 2 ] && [ ! -s "$work/out" ] &&
        said '--format is text, markdown, html, json or csv, not "xml"'
}

a_file_is_written_whole()
{
    echo old >"$work/here/minutes.txt"
    report --records records -o minutes.txt
    [ "$status" -eq 0 ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ] &&
        cmp -s "$work/here/minutes.txt" "$samples/$name.txt" || return 1
    report --records records --format html --output nowhere/minutes.html
    [ "$status" -eq 1 ] && said 'nowhere/minutes.html: No such file or directory' || return 1
    report --records records -o records
    [ "$status" -eq 1 ] && said 'records: is no ordinary file' &&
        [ "$(ls -A "$work/here")" = "minutes.txt
records" ]
}

what_is_left_of_a_damaged_record_says_so_in_every_form()
{
    sed -i '21s/Small/Large/' "$work/here/records/$name.jsonl"
    for form in text markdown html; do
        report --records records --format "$form" -o minutes
        [ "$status" -eq 6 ] && grep -q 'what stands before the damage' "$work/here/minutes" || return 1
    done
    report --records records --format json
    [ "$status" -eq 6 ] && grep -q '"damaged": true' "$work/out"
}

a_full_standard_output_is_noticed()
{
    [ -e /dev/full ] || return 0
    (cd "$work/here" && "$randori" report --records records) >/dev/full 2>"$work/err"
    status=$?
    : >"$work/out"
    [ "$status" -eq 1 ] && said 'No space left on device'
}

it shows_the_minutes
it takes_the_folder_from_session_ini
it takes_a_name_a_beginning_or_a_path
it says_who_held_the_roles_that_day
it says_what_was_done_since
it shows_what_is_left_of_a_damaged_record
it saves_what_is_good_of_a_damaged_record
it saves_nothing_where_nothing_is_good
it forgives_a_torn_end
it refuses_what_is_no_record
it says_when_there_is_none
it a_mistake_in_session_ini_is_told
it a_mistake_in_the_list_of_people_does_not_matter
it wrong_use_is_told
it every_form_can_be_asked_for
it a_file_is_written_whole
it what_is_left_of_a_damaged_record_says_so_in_every_form
it a_full_standard_output_is_noticed
echo "1..$number"
exit $failed
