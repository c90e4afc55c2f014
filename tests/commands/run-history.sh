#!/bin/bash
# randori history, roles and announce, on sessions that the program itself has kept (TAP).
#
# shellcheck disable=SC2317 # the tests are functions called by name
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0 failed=0 status=0

# dojo ARGUMENT...: leaves out, err and status in the work folder.
dojo()
{
    (cd "$work/here" && "$randori" "$@") >"$work/out" 2>"$work/err"
    status=$?
}

# hold LINE...: a session of three turns with these words where it asks for roles and date. What the
# words leave out is vacant.
hold()
{
    (cd "$work/here" && printf '%s\n' start next next next debrief roles \
        'vacant ceremony' 'vacant dojo' "$@" close quit |
        "$randori" --plain --new) >"$work/out" 2>"$work/err"
    status=$?
}

# What was recorded becomes older than what is to come: names tell the order. Once in each test.
age()
{
    mv "$work"/here/records/*.jsonl "$work/here/records/20010101T114500Z-aaaa.jsonl"
}

# The checksum of a line goes on from the one before: it is that of all lines so far without theirs.
reseal()
{
    local line body='' a b c d
    while IFS= read -r line; do
        line=${line%,\"crc\":*}
        body+=$line
        read -r a b c d _ < <(printf '%s' "$body" | gzip -c | tail -c 8 | od -An -tx1)
        printf '%s,"crc":"%s"}\n' "$line" "$d$c$b$a"
    done <"$1" >"$1.new" && mv "$1.new" "$1"
}

# What was recorded today becomes a session of that day, and what SED says.
on()
{
    local record=$work/here/records/${1//-/}T114500Z-aaaa.jsonl
    mv "$work"/here/records/*.jsonl "$record"
    sed -i "s/\"at\":\"....-..-..T/\"at\":\"$1T/; $2" "$record"
    reseal "$record"
}

days_since()
{
    echo $(($(date -d "$today" +%s) / 86400 - $(date -d "$1" +%s) / 86400))
}

# it NAME: runs the function of that name in a fresh folder.
it()
{
    rm -rf "$work/here"
    mkdir -p "$work/here/records"
    printf '[session]\nrecords = records\ntopic = FizzBuzz\nstack = C\n[turn]\nhandover = 0s\n' \
        >"$work/here/session.ini"
    printf '%s\n' 'Ada Lovelace' 'Grace Hopper' 'Alan Turing' >"$work/here/participants.txt"
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

shows()
{
    grep -qF -- "$1" "$work/out"
}

said()
{
    grep -qF -- "$1" "$work/err"
}

today=$(date +%Y-%m-%d)

# ---- history ----

what_was_ticked_off_stays_so_without_a_session()
{
    hold 'note @Ada Lovelace bring a cable' && age || return 1
    (cd "$work/here" && printf '%s\n' 'done 1' quit | "$randori" --plain --new) >"$work/out" 2>&1
    shows 'Still to do, 1: Ada Lovelace: bring a cable' && shows 'An action item is done.' || return 1
    (cd "$work/here" && printf '%s\n' quit | "$randori" --plain --new) >"$work/out" 2>&1
    ! shows 'Still to do' && dojo history && shows 'sessions: 1,'
}

says_when_there_is_none()
{
    dojo history
    [ "$status" -eq 0 ] && shows 'There is no past session in records yet.' || return 1
    dojo history --json
    [ "$(tr -d '\n' <"$work/out")" = '{"sessions":[],"summary":{"sessions":0,"last_12_months":0,"last":null,"days_since":null,"next":null,"proposed":null,"cadence":"1 month","overdue_days":0,"recent_sessions":0,"holders":[{"role":"Master of Ceremony","people":0},{"role":"Master of Dojo","people":0}]}}' ]
}

lists_sessions_and_sums_them_up()
{
    hold 'ceremony Grace'
    age
    hold 'ceremony Ada' 'dojo Alan' 'date 2099-12-24'
    dojo history
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] &&
        [ "$(sed -n 1p "$work/out")" = "date        people  turns  interruptions  overrun  prepared by                       topic" ] &&
        [ "$(sed -n 2p "$work/out")" = "$today       3      3              0        -  -                                 FizzBuzz (C)" ] &&
        [ "$(sed -n 3p "$work/out")" = "$today       3      3              0        -  Grace Hopper, vacant              FizzBuzz (C)" ] &&
        shows 'sessions: 2, 2 of them in the last 12 months' && shows "last: $today, today" &&
        shows 'next: 2099-12-24, in ' && shows 'cadence: every 1 month, kept' &&
        shows 'Master of Ceremony: 2 different people in the last 2 sessions' &&
        shows 'Master of Dojo: 1 person in the last 2 sessions'
}

tells_it_to_programs()
{
    hold 'ceremony Grace'
    age
    hold 'ceremony Ada' 'dojo Alan' 'date 2099-12-24'
    dojo history --json
    [ "$status" -eq 0 ] && [ "$(wc -l <"$work/out")" -eq 5 ] &&
        sed -n 3p "$work/out" | grep -qF '"turns":3,"interruptions":0,"actions":0,' &&
        sed -n 3p "$work/out" | grep -qF '"people":[{"name":"Ada Lovelace","turns":1,"observer":false},' &&
        sed -n 3p "$work/out" | grep -qF '"prepared_by":[{"role":"Master of Ceremony","name":"Grace Hopper"},{"role":"Master of Dojo","name":null}]' &&
        sed -n 3p "$work/out" | grep -qF '"next":"2099-12-24"}' &&
        shows '"summary":{"sessions":2,"last_12_months":2,' && shows '"overdue_days":0'
}

what_cannot_be_read_is_named()
{
    hold
    echo 'dear diary' >"$work/here/records/20200101T114500Z-aaaa.jsonl"
    : >"$work/here/records/20200102T114500Z-aaaa.jsonl"
    dojo history
    [ "$status" -eq 0 ] && shows 'sessions: 1' &&
        said 'records/20200101T114500Z-aaaa.jsonl:1: this is no record of a session' &&
        said 'records/20200102T114500Z-aaaa.jsonl: holds no session' &&
        [ "$(wc -l <"$work/err")" -eq 2 ]
}

a_session_says_that_there_are_such_files()
{
    echo 'dear diary' >"$work/here/records/20200101T114500Z-aaaa.jsonl"
    hold
    shows '1 record cannot be read; randori history names it.'
}

# The record of format version 1, as it must be read for ever: closed without a summary.
an_old_record_is_overdue()
{
    cp tests/commands/records/20261122T114000Z-5eed.jsonl \
        "$work/here/records/20261122T114000Z-5eed.jsonl"
    dojo history
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] &&
        shows "2026-11-22       4      4              1    6 min  -                                 Brainfuck interpreter (C#)" || return 1
    dojo history --records "$work/here/nowhere"
    [ "$status" -eq 0 ] && shows 'There is no past session'
}

# Two weeks after a Tuesday it should have been a Tuesday again.
who_does_not_meet_is_overdue()
{
    printf '[cadence]\nevery = 2 weeks\nweekday = tuesday\n' >>"$work/here/session.ini"
    hold
    on 2020-09-15 's/2099-12-24/2020-09-22/'
    dojo history
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] && shows 'sessions: 1, 0 of them in the last 12 months' &&
        shows "last: 2020-09-15, $(days_since 2020-09-15) days ago" &&
        shows 'next, as the cadence proposes: 20' &&
        shows "cadence: every 2 weeks, overdue by $(days_since 2020-09-29) days"
}

a_date_that_has_passed_is_not_announced_again()
{
    hold 'date 2099-12-24'
    on 2020-09-15 's/2099-12-24/2020-10-01/'
    dojo history
    shows "next: 2020-10-01, $(days_since 2020-10-01) days ago" &&
        shows "overdue by $(days_since 2020-10-01) days" || return 1
    dojo announce
    [ "$status" -eq 0 ] && ! shows '2020-10-01' && shows '(The date is a proposal'
}

a_live_session_is_not_past()
{
    mkfifo "$work/here/words"
    (cd "$work/here" && exec "$randori" --plain <words) >"$work/live" 2>&1 &
    local pid=$!
    exec 9>"$work/here/words"
    printf 'start\nnext\nnext\n' >&9
    until grep -q 'Turn 3' "$work/live"; do kill -0 "$pid" || return 1; done
    dojo history
    exec 9>&-
    kill "$pid"
    wait "$pid"
    [ "$status" -eq 0 ] && [ ! -s "$work/err" ] && shows 'There is no past session'
}

# ---- roles ----

roles_are_told_and_a_vacant_one_is_5()
{
    dojo roles
    [ "$status" -eq 5 ] && shows 'Master of Ceremony: VACANT, nobody yet' &&
        shows '  ask first: Ada Lovelace (never), Grace Hopper (never), Alan Turing (never)' || return 1
    hold 'ceremony Grace' 'date 2099-12-24'
    dojo roles
    [ "$status" -eq 5 ] && shows 'Master of Ceremony: Grace Hopper, for 2099-12-24' &&
        shows 'Master of Dojo: VACANT, nobody yet' || return 1
    age
    hold 'ceremony Ada' 'dojo Alan'
    dojo roles
    [ "$status" -eq 0 ] && shows 'Master of Ceremony: Ada Lovelace' &&
        shows "  before: Grace Hopper $today" && shows "  before: vacant $today" &&
        shows "  ask first: Alan Turing (never), Grace Hopper ($today)"
}

an_alias_is_the_same_person()
{
    hold 'ceremony Grace' 'dojo Grace'
    sed -i 's/Grace Hopper/Amazing Grace/' "$work/here/participants.txt"
    echo 'alias: grace HOPPER = Amazing Grace' >>"$work/here/participants.txt"
    age
    hold 'ceremony Ada' 'dojo Ada'
    dojo roles
    [ "$status" -eq 0 ] && shows "  ask first: Alan Turing (never), Amazing Grace ($today)"
}

# R21: nobody is refused. Who has another name is the same person.
who_takes_too_much_is_told_so()
{
    echo 'alias: Countess Lovelace = Ada Lovelace' >>"$work/here/participants.txt"
    hold 'ceremony Countess Lovelace' 'dojo Ada'
    shows 'Ada Lovelace is Master of Ceremony already: two people share the load better.' || return 1
    age
    hold 'ceremony Ada' 'dojo Grace'
    shows 'Ada Lovelace was Master of Ceremony this time: somebody new keeps it lively.' &&
        ! shows 'Grace Hopper is' && ! shows 'Grace Hopper was'
}

# The first Tuesday that is two weeks on.
the_cadence_proposes_the_date_at_the_closing()
{
    printf '[cadence]\nevery = 2 weeks\nweekday = tuesday\n' >>"$work/here/session.ini"
    local next
    next=$(date -d "$today +$((16 - $(date +%u))) days" +%Y-%m-%d)
    hold date
    shows "When is the next dojo? \"date\" takes Tuesday $next," && shows "The next dojo is on $next." || return 1
    dojo history
    shows "next: $next, in "
}

# Nothing is left to wait for when what was typed ends behind the closing.
words_from_a_file_need_no_quit()
{
    printf '%s\n' start next debrief roles 'vacant 1' 'vacant 2' close >"$work/here/words"
    (cd "$work/here" && timeout 20 "$randori" --plain --new <words) >"$work/out" 2>"$work/err"
    status=$?
    [ "$status" -eq 0 ] && shows 'The record is records/'
}

# ---- fair ----

who_drove_least_comes_first()
{
    printf 'order = fair\n' >>"$work/here/session.ini"
    (cd "$work/here" && printf '%s\n' start next next next next debrief roles 'vacant 1' 'vacant 2' close quit |
        "$randori" --plain) >/dev/null
    dojo check
    [ "$status" -eq 0 ] && grep -E '^ *1 ' "$work/out" | grep -q 'Grace Hopper' &&
        grep -E '^ *3 ' "$work/out" | grep -q 'Ada Lovelace' || return 1
    age
    hold
    shows 'Turn 1: Grace Hopper has the keyboard'
}

# She came and did not drive; whoever enters her before the start gives her the first turn. Late she
# is only afterwards (R10). One undo takes back that she came, and where she stood.
who_comes_before_the_start_gets_the_place_that_is_fair()
{
    printf 'order = fair\n' >>"$work/here/session.ini"
    (cd "$work/here" && printf '%s\n' 'join Kathleen Booth' start next next next debrief roles \
        'vacant 1' 'vacant 2' close quit | "$randori" --plain) >"$work/out"
    shows 'Kathleen Booth joined.' && ! shows 'The order is now' || return 1
    age
    (cd "$work/here" && printf '%s\n' 'join kathleen booth' undo 'join KATHLEEN BOOTH' start next \
        'join Konrad Zuse' debrief roles 'vacant 1' 'vacant 2' close quit |
        "$randori" --plain) >"$work/out"
    [ "$(grep -c 'The order is now: KATHLEEN BOOTH, Ada Lovelace,' "$work/out")" -eq 1 ] &&
        shows 'Turn 1: KATHLEEN BOOTH has the keyboard' &&
        [ "$(grep -c 'The order is now' "$work/out")" -eq 2 ]
}

# ---- announce ----

invites_with_what_is_known()
{
    printf 'start = 12:45\nend = 14:00\n' | sed -i '/^topic/r /dev/stdin' "$work/here/session.ini"
    dojo announce
    [ "$status" -eq 0 ] && shows 'The date is not settled yet.' &&
        shows 'We need you: Master of Ceremony, Master of Dojo.' && shows 'Topic: FizzBuzz (C)' || return 1
    hold 'ceremony Grace' 'date 2099-12-24'
    dojo announce
    [ "$status" -eq 0 ] && shows 'Coding dojo on Thursday 2099-12-24, 12:45 to 14:00' &&
        shows 'We need you: Master of Dojo for 2099-12-24.' &&
        shows 'Master of Ceremony: Grace Hopper' && shows 'Topic: to be chosen'
}

a_date_that_nobody_settled_is_called_a_proposal()
{
    hold
    dojo announce
    [ "$status" -eq 0 ] && shows '(The date is a proposal: nobody has settled it.)' || return 1
    printf '[cadence]\nevery = off\n' >>"$work/here/session.ini"
    dojo announce
    [ "$status" -eq 0 ] && shows 'The date is not settled yet.' || return 1
    dojo announce --ics
    [ "$status" -eq 4 ] && said 'there is no date yet' && [ ! -s "$work/out" ]
}

is_never_too_long_for_a_messenger()
{
    local long
    long=$(printf 'ä%.0s' {1..140})
    {
        printf '[session]\nrecords = records\ntitle = %s\ntopic = %s\nstack = %s\n[roles]\n' "$long" "$long" "$long"
        for i in {1..12}; do printf 'role = %s %s\n' "$i" "$long"; done
    } >"$work/here/session.ini"
    dojo announce
    [ "$status" -eq 0 ] && [ "$(LC_ALL=C.UTF-8 wc -m <"$work/out")" -le 1500 ] &&
        [ "$(LC_ALL=C.UTF-8 wc -m <"$work/out")" -ge 1300 ]
}

# ---- the calendar ----

# What RFC 5545 wants of every line and of this entry; says what is wrong.
check_calendar()
{
    LC_ALL=C awk '
        function is_date(value) {
            gsub(/[0-9]/, "0", value)
            return value == "00000000" || value == "00000000T000000Z"
        }
        function bad(what) { print "# line " NR ": " what ": " $0; wrong = 1 }
        substr($0, length($0)) != "\r" { bad("does not end in CRLF") }
        length($0) - 1 > 75 { bad("longer than 75 octets") }
        /^ ?[\200-\277]/ { bad("a character is broken") }
        { line = substr($0, 1, length($0) - 1) }
        line ~ /[\001-\010\012-\037]/ { bad("a control character") }
        line ~ /^ / { if (n == 0) bad("nothing to go on with"); text[n] = text[n] substr(line, 2); next }
        { text[++n] = line }
        END {
            for (i = 1; i <= n; i++) {
                colon = index(text[i], ":")
                name = substr(text[i], 1, colon - 1); value = substr(text[i], colon + 1)
                sub(/;.*/, "", name); count[name]++; values[name] = value; order[i] = name ":" value
                if (name !~ /^[A-Z-]+$/) { print "# no name: " text[i]; wrong = 1 }
                if (name ~ /^(SUMMARY|DESCRIPTION)$/) {
                    rest = value; gsub(/\\[\\;,nN]/, "", rest)
                    if (rest ~ /[\\;,]/) { print "# not escaped: " value; wrong = 1 }
                }
                if (name ~ /^DT(STAMP|START|END)$/ && !is_date(value)) { print "# no date: " text[i]; wrong = 1 }
            }
            if (order[1] != "BEGIN:VCALENDAR" || order[n] != "END:VCALENDAR" || order[n - 1] != "END:VEVENT") { print "# not wrapped"; wrong = 1 }
            split("VERSION PRODID UID DTSTAMP DTSTART DTEND SUMMARY", wanted, " ")
            for (i in wanted) if (count[wanted[i]] != 1) { print "# not once: " wanted[i]; wrong = 1 }
            if (values["DTSTAMP"] !~ /Z$/) { print "# DTSTAMP is not in UTC"; wrong = 1 }
            if (values["DTEND"] <= values["DTSTART"]) { print "# it ends before it begins"; wrong = 1 }
            if (values["VERSION"] != "2.0") { print "# version"; wrong = 1 }
            exit wrong
        }' "$work/out"
}

has()
{
    sed 's/\r$//' "$work/out" | grep -qxF -- "$1"
}

the_calendar_entry_is_as_rfc_5545_wants_it()
{
    local uid
    printf 'start = 12:45\nend = 14:00\n' | sed -i '/^topic/r /dev/stdin' "$work/here/session.ini"
    hold 'ceremony Grace' 'date 2099-12-24'
    sed -i 's/^topic.*/topic = Commas, semicolons; back\\slashes: Zoë, 日本語の長い名前の長い名前の長い名前の長い名前/' \
        "$work/here/session.ini"
    dojo announce --ics
    [ "$status" -eq 0 ] && check_calendar && has 'DTSTART:20991224T124500Z' &&
        has 'DTEND:20991224T140000Z' && has 'STATUS:CONFIRMED' || return 1
    uid=$(grep '^UID:' "$work/out")
    cp "$work/here/session.ini" "$work/here/kept.ini"
    sed -i "s/^topic.*/topic = $(printf 'x%.0s' {1..190})/" "$work/here/session.ini"
    dojo announce --ics
    check_calendar || return 1
    mv "$work/here/kept.ini" "$work/here/session.ini"
    [[ $uid == UID:after-*@randori$'\r' ]] || return 1
    sed -i 's/^end.*/end = 14:30/' "$work/here/session.ini"
    dojo announce --ics
    check_calendar && [ "$(grep '^UID:' "$work/out")" = "$uid" ] && has 'DTEND:20991224T143000Z'
}

local_time_becomes_utc_with_the_summer_time_of_that_day()
{
    printf 'start = 23:30\nduration = 1h30m\n' | sed -i '/^topic/r /dev/stdin' "$work/here/session.ini"
    hold 'date 2099-07-01'
    (cd "$work/here" && TZ=CET-1CEST,M3.5.0,M10.5.0/3 "$randori" announce --ics) >"$work/out"
    check_calendar && has 'DTSTART:20990701T213000Z' && has 'DTEND:20990701T230000Z' || return 1
    age
    hold 'date 2099-12-01'
    (cd "$work/here" && TZ=CET-1CEST,M3.5.0,M10.5.0/3 "$randori" announce --ics) >"$work/out"
    check_calendar && has 'DTSTART:20991201T223000Z' && has 'DTEND:20991202T000000Z'
}

without_a_time_it_takes_the_day()
{
    hold 'date 2099-12-31'
    dojo announce --ics
    [ "$status" -eq 0 ] && check_calendar && has 'DTSTART;VALUE=DATE:20991231' &&
        has 'DTEND;VALUE=DATE:21000101'
}

# ---- all three ----

wrong_use_is_told()
{
    for command in history roles announce; do
        dojo "$command" extra
        [ "$status" -eq 2 ] && said "usage: randori $command" || return 1
        dojo "$command" --what
        [ "$status" -eq 2 ] || return 1
        dojo "$command" --help
        [ "$status" -eq 0 ] && shows "randori $command" || return 1
        dojo "$command" -c nowhere.ini
        [ "$status" -eq 2 ] && said 'nowhere.ini' || return 1
    done
    dojo roles --json
    [ "$status" -eq 2 ]
}

a_mistake_in_the_list_of_people_is_told_and_does_not_matter()
{
    hold 'ceremony Grace' 'dojo Ada'
    echo 'alias: Nobody = At All' >>"$work/here/participants.txt"
    dojo history
    [ "$status" -eq 0 ] && shows 'sessions: 1' && said 'participants.txt:4: At All does not stand in the list'
}

a_full_standard_output_is_noticed()
{
    [ -e /dev/full ] || return 0
    for command in history roles announce; do
        (cd "$work/here" && "$randori" "$command") >/dev/full 2>"$work/err"
        status=$?
        [ "$status" -eq 1 ] && said 'No space left on device' || return 1
    done
}

it says_when_there_is_none
it what_was_ticked_off_stays_so_without_a_session
it lists_sessions_and_sums_them_up
it tells_it_to_programs
it what_cannot_be_read_is_named
it a_session_says_that_there_are_such_files
it an_old_record_is_overdue
it who_does_not_meet_is_overdue
it a_date_that_has_passed_is_not_announced_again
it a_live_session_is_not_past
it roles_are_told_and_a_vacant_one_is_5
it an_alias_is_the_same_person
it who_takes_too_much_is_told_so
it the_cadence_proposes_the_date_at_the_closing
it words_from_a_file_need_no_quit
it who_drove_least_comes_first
it who_comes_before_the_start_gets_the_place_that_is_fair
it invites_with_what_is_known
it a_date_that_nobody_settled_is_called_a_proposal
it is_never_too_long_for_a_messenger
it the_calendar_entry_is_as_rfc_5545_wants_it
it local_time_becomes_utc_with_the_summer_time_of_that_day
it without_a_time_it_takes_the_day
it wrong_use_is_told
it a_mistake_in_the_list_of_people_is_told_and_does_not_matter
it a_full_standard_output_is_noticed
echo "1..$number"
exit $failed
