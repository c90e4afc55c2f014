#!/bin/bash
# The running session asked and controlled from other shells: status, next, away, note, ... (TAP).
#
# The tests are functions called by name; what is typed stands in one word.
# shellcheck disable=SC2317,SC2086
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori
manual=$PWD/man/randori.1

work=$(mktemp -d) || exit 2
export XDG_RUNTIME_DIR=$work/run XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config
export XDG_STATE_HOME=$work/state # a session of this machine would be found there
each=50
[ "$(basename "${RANDORI_BUILD:-default}")" = sanitize ] && each=5
number=0 failed=0 session='' status=0

# --- helpers ---

# Whether the condition comes true within 20 s.
await()
{
    local end=$((SECONDS + 20))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.02
    done
}

# begin OPTION...: a session with three people, its keyboard on descriptor 9.
begin()
{
    rm -rf "$work/here" "$work/data" "$work/run" "$work/go"
    mkdir -p "$work/here" "$work/run"
    chmod 700 "$work/run"
    printf '%s\n' 'Ada Lovelace' 'Grace Hopper' 'Alan Turing' >"$work/here/participants.txt"
    rm -f "$work/keyboard"
    mkfifo "$work/keyboard"
    (cd "$work/here" && exec "$randori" --plain --new "$@") \
        <"$work/keyboard" >"$work/session" 2>&1 &
    session=$!
    exec 9>"$work/keyboard"
    await run 0 status
}

# Ends it, whatever a test did to it.
end()
{
    exec 9>&-
    kill -CONT "$session" 2>/dev/null
    kill -TERM "$session" 2>/dev/null
    wait "$session" 2>/dev/null
    session=''
}

trap '[ -n "$session" ] && end; rm -rf "$work"' EXIT

# run STATUS ARGUMENT...: randori somewhere else, with that exit status; leaves out and err.
run()
{
    local expected=$1
    shift
    (cd / && exec "$randori" "$@") >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ "$status" -eq "$expected" ]
}

said() { [ "$(cat "$work/out")" = "$1" ] && [ ! -s "$work/err" ]; }
complained() { [ "$(cat "$work/err")" = "randori: $1" ] && [ ! -s "$work/out" ]; }

# does WORDS SENTENCE / refuses WORDS SENTENCE
does() { run 0 $1 && said "$2"; }
refuses() { run 4 $1 && complained "$2"; }

shows() { [ "$("$randori" status --format "$1")" = "$2" ]; }
json() { "$randori" status --json | grep -qF -- "$1"; }
records() { grep -cF -- "$1" "$work"/data/randori/*.jsonl; }

it()
{
    number=$((number + 1))
    if "$1"; then
        echo "ok $number - ${1//_/ }"
    else
        echo "not ok $number - ${1//_/ }"
        echo "# status $status"
        sed 's/^/# /' "$work/out" "$work/err" "$work/session"
        failed=1
    fi
    [ -z "$session" ] || end
    rm -rf "$work/config"
}

# --- the tests ---

without_a_session_everything_says_so_with_3()
{
    mkdir -p "$work/run"
    run 3 status && complained "no session is running" &&
        run 3 status --json && [ "$(cat "$work/out")" = '{"alive":false}' ] &&
        run 3 next && complained "no session is running" &&
        run 3 note hello && run 3 away ada --session 2026 &&
        complained "no running session is called 2026"
}

what_cannot_be_meant_is_a_usage_error()
{
    local bad
    for bad in "end" "end noon" "end 25:00" "extend soon" "extend 5" "away" "back" "join" \
        "light" "light blue" "step two" "note" "pause now" "debrief now" "undo no" "status now" \
        "status --format %x" "status --format %t%" "status --json --format %t" "next --nonsense" \
        "resume --session"; do
        if ! run 2 $bad || [ ! -s "$work/err" ] || [ -s "$work/out" ]; then
            echo "# $bad"
            return 1
        fi
    done
    run 2 note $'two\nlines' && complained "note: the text holds a control character (U+000A)" &&
        run 2 note "$(printf 'x%.0s' {1..9000})" && run 2 note $'\xff'
}

every_complaint_says_whose_it_is()
{
    local words option
    while IFS='|' read -r words option; do
        run 2 $words && [ "$(head -n 1 "$work/err")" = "randori: $option" ] || return 1
    done <<'EOF'
light --nonsense|light: there is no option --nonsense
next -x|next: there is no option -x
resume --session|resume: --session needs a value
status --json=3|status: --json takes no value
--nonsense|there is no option --nonsense
light blue|light: "blue" is not green, red, amber or none
check --end 14:00 --duration 1h|--end and --duration: one of them is enough, both say when it ends
EOF
}

every_command_does_what_a_key_does()
{
    begin --duration 1h || return 1
    does "join Kathleen Booth" "Kathleen Booth joined." &&
        does "away kath" "Kathleen Booth is away." &&
        does "back kath" "Kathleen Booth is back." &&
        run 0 next && shows '%p %k %d %n' 'turn 1 Ada Lovelace Grace Hopper' &&
        run 0 next turing && shows '%n' 'Alan Turing' &&
        run 0 extend && run 0 extend 1m && run 4 extend &&
        does "light red" "RED: a test does not pass." && does "step" "Step 1." &&
        does "step 3" "Step 3." && shows '%l %s' 'red 3' &&
        does "note --session 2 a better name" "Noted: a better name" &&
        does "note try --version first" "Noted: try --version first" &&
        run 0 note -- --version && said "Noted: --version" &&
        run 0 pause && shows '%p' paused && run 0 resume && shows '%p' turn &&
        run 0 undo && shows '%p' paused && run 0 resume &&
        run 0 debrief && shows '%p %d' 'debrief ' && run 4 undo &&
        grep -q 'undo yes' "$work/err" && run 0 undo yes && shows '%p' turn
}

the_end_is_moved()
{
    begin --speed 1 --end 23:59 || return 1
    run 0 end 23:58 && shows '%e' 23:58
}

a_refusal_is_4_with_its_reason_and_changes_nothing()
{
    begin || return 1
    local before
    before=$(cat "$work"/data/randori/*.jsonl)
    refuses "pause" "No turn is running." &&
        refuses "away bob" \
            'Nobody is called "bob"; there are Ada Lovelace, Grace Hopper, Alan Turing.' &&
        refuses "away a" '"a" could be Ada Lovelace, Alan Turing.' &&
        refuses "back ada" "Ada Lovelace is here already." &&
        [ "$before" = "$(cat "$work"/data/randori/*.jsonl)" ]
}

the_answer_comes_after_the_fact_is_in_the_record()
{
    begin || return 1
    local i
    for i in {1..20}; do
        run 0 note "fact $i." && [ "$(records "\"fact $i.\"")" = 1 ] || return 1
    done
}

who_asks_is_recorded_as_a_command()
{
    begin || return 1
    run 0 next && [ "$(records '"event":"turn_started","by":"command"')" = 1 ]
}

status_tells_programs_everything()
{
    begin --duration 1h --turn 5m || return 1
    await json '"alive":true,"ready":true,"in_flight":[],"why":null,' && json '"phase":"waiting","turn":null,' &&
        json '"driver":null,"next":null,"left_ms":null,' && run 0 next && run 0 light amber &&
        run 0 step 2 && run 0 status --json && [ "$(wc -l <"$work/out")" -eq 1 ] &&
        json "\"session\":\"$(basename "$work"/data/randori/*.jsonl .jsonl)\"" &&
        json "\"record\":\"$(echo "$work"/data/randori/*.jsonl)\",\"pid\":$session," &&
        json '"practice":false,"title":"Coding dojo","topic":null,"phase":"turn","turn":1,' &&
        json '"turns":9,"driver":"Ada Lovelace","next":"Grace Hopper","left_ms":29' &&
        json '"people":3,"light":"amber","step":2,"steps":null,"step_title":null}' &&
        grep -qE '"debrief":"20[0-9-]+T[0-9:.]+\+00:00","stop":"20' "$work/out"
}

the_manual_tells_every_field_and_every_command()
{
    begin || return 1
    run 0 status --json && grep -oE '"[a-z_]+":' "$work/out" | tr -d '":' >"$work/fields" &&
        sed -n '/^\.Sh STATUS/,/^\.Sh PROTOCOL/p' "$manual" >"$work/section" &&
        [ "$(wc -l <"$work/fields")" -ge 22 ] || return 1
    local word
    while read -r word; do
        grep -qE "^\.It Li (.* , )?$word( ,.*)?\$" "$work/section" || {
            echo "# field $word"
            return 1
        }
    done <"$work/fields"
    "$randori" help | sed -nE 's/^  ([a-z]+) .*/\1/p' >"$work/words"
    [ "$(wc -l <"$work/words")" -ge 18 ] || return 1
    while read -r word; do
        grep -qE "^\.It Cm (.* , (Cm )?)?$word( |\$)" "$manual" || {
            echo "# command $word"
            return 1
        }
    done <"$work/words"
}

status_tells_people_one_line()
{
    begin --duration 1h --turn 5m || return 1
    run 0 status && grep -qE '^waiting to start · 3 here · debrief [0-9:]{5}$' "$work/out" &&
        run 0 next && run 0 status &&
        grep -qE '^▶ (5:00|4:5.) Ada Lovelace → Grace Hopper · 1/9 · debrief [0-9:]{5}$' "$work/out" &&
        LC_ALL=C run 0 status &&
        grep -qE '^> (5:00|4:5.) Ada Lovelace -> Grace Hopper \| 1/9 \| debrief [0-9:]{5}$' "$work/out" &&
        run 0 pause && run 0 status && grep -qE '^PAUSED · (5:00|4:5.) Ada' "$work/out"
}

status_counts_as_fast_as_a_practice_session_does()
{
    begin --speed 60 --duration 1h --turn 50m || return 1
    run 0 next && await shows_less_than_49_minutes && json '"practice":true'
}
shows_less_than_49_minutes() { [[ "$("$randori" status --format %t)" =~ ^4[0-8]: ]]; }

status_is_not_ready_once_the_session_is_left()
{
    begin || return 1
    kill -KILL "$session"
    wait "$session" 2>/dev/null
    run 3 status && run 3 next && session='' &&
        [ -L "$(echo "$work"/run/randori/*.jsonl)" ] && begin_again && await json '"ready":true' &&
        [ "$(find "$work/run/randori" -name '*.jsonl' | wc -l)" -eq 1 ]
}
begin_again()
{
    (cd "$work/here" && exec "$randori" --plain --new) <"$work/keyboard" >"$work/session" 2>&1 &
    session=$!
    await run 0 status
}

# A hook in flight keeps the session alive while it is left.
while_it_is_left_it_is_alive_not_ready_and_refuses_with_75()
{
    mkdir -p "$XDG_CONFIG_HOME/randori/hooks"
    printf '#!/bin/sh\nuntil [ -e "%s" ]; do sleep 0.05; done\n' "$work/go" \
        >"$XDG_CONFIG_HOME/randori/hooks/turn-started"
    chmod +x "$XDG_CONFIG_HOME/randori/hooks/turn-started"
    begin || return 1
    run 0 next && await json '"ready":true,"in_flight":["turn-started"],' || return 1
    kill -TERM "$session"
    await json '"alive":true,"ready":false,"in_flight":["turn-started"],' && run 75 next && json '"why":"The session is being left.",' && run 75 next &&
        complained "Nothing is taken any more: the session is being left." && run 75 note late &&
        touch "$work/go" || return 1
    wait "$session"
    [ $? -eq 143 ] && run 3 status && [ "$(records '"event":"drained","by":"program","reason":"clean"')" = 1 ] &&
        [ "$(records late)" = 0 ]
}

nothing_stays_in_the_folder_of_live_sessions()
{
    begin || return 1
    [ "$(find "$work/run/randori" | wc -l)" -eq 3 ] &&
        [ "$(stat -c %a "$work/run/randori" "$work/run/randori"/*.sock | tr '\n' ' ')" = "700 600 " ] &&
        end && [ "$(find "$work/run/randori" | wc -l)" -eq 1 ] && run 3 status
}

a_stopped_session_is_waited_for_and_asked_again_later()
{
    begin || return 1
    kill -STOP "$session"
    (cd / && exec "$randori" note "while stopped") >"$work/late" 2>&1 &
    local asker=$!
    run 0 status && json '"ready":false,"in_flight":[],"why":"The session does not answer.",' &&
        kill -CONT "$session" && wait "$asker" &&
        [ "$(cat "$work/late")" = "Noted: while stopped" ]
}

# F12
hostile_names_reach_no_terminal()
{
    begin || return 1
    run 2 join $'\e[31mred' && run 2 join $'\u202ereversed' && run 0 join "\$(touch pwned) \`id\` %s %n" &&
        run 0 status --json && run 0 status && [ ! -e /pwned ] && ! grep -q $'\e' "$work/session"
}

# A pipe that is full: the clock runs on, commands are answered, and a signal ends it.
what_nobody_reads_holds_no_session_up()
{
    local i ended
    rm -f "$work/session"
    mkfifo "$work/session"
    exec 8<>"$work/session"
    begin || return 1
    for ((i = 0; i < 100; i++)); do echo help; done >&9
    if run 0 next && run 0 status; then kill -TERM "$session"; else kill -KILL "$session"; fi
    wait "$session"
    ended=$?
    session=''
    exec 8>&-
    rm -f "$work/session"
    [ "$ended" -eq 143 ]
}

# 20 clients at once, 50 commands each (a sanitized program takes its time to start: 5): as many facts as answers, each once, numbered without a gap.
a_thousand_commands_from_twenty_clients_are_each_done_once()
{
    begin || return 1
    local client clients=()
    for client in {1..20}; do
        client "$client" &
        clients+=($!)
    done
    wait "${clients[@]}"
    cat "$work"/client.* | sort >"$work/answers"
    for client in {1..20}; do
        for ((i = 1; i <= each; i++)); do echo "Noted: client $client says $i."; done
    done | sort >"$work/expected"
    cmp "$work/expected" "$work/answers" &&
        grep -oE 'client [0-9]+ says [0-9]+\.' "$work"/data/randori/*.jsonl | sed 's/^/Noted: /' |
        sort | cmp - "$work/expected" &&
        grep -oE '^\{"seq":[0-9]+' "$work"/data/randori/*.jsonl | sed 's/.*://' |
        awk -v facts=$((20 * each + 1)) '$1 != NR { exit 1 } END { exit NR != facts }'
}
client()
{
    local i
    for ((i = 1; i <= each; i++)); do "$randori" note "client $1 says $i."; done >"$work/client.$1" 2>&1
}

it without_a_session_everything_says_so_with_3
it what_cannot_be_meant_is_a_usage_error
it every_complaint_says_whose_it_is
it every_command_does_what_a_key_does
it the_end_is_moved
it a_refusal_is_4_with_its_reason_and_changes_nothing
it the_answer_comes_after_the_fact_is_in_the_record
it who_asks_is_recorded_as_a_command
it status_tells_programs_everything
it the_manual_tells_every_field_and_every_command
it status_tells_people_one_line
it status_counts_as_fast_as_a_practice_session_does
it status_is_not_ready_once_the_session_is_left
it while_it_is_left_it_is_alive_not_ready_and_refuses_with_75
it nothing_stays_in_the_folder_of_live_sessions
it a_stopped_session_is_waited_for_and_asked_again_later
it hostile_names_reach_no_terminal
it what_nobody_reads_holds_no_session_up
it a_thousand_commands_from_twenty_clients_are_each_done_once
echo "1..$number"
exit $failed
