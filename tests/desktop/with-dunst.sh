#!/bin/bash
# A desktop for tests, apart from the real one: with-dunst.sh FOLDER
#
# Starts Xvfb, a session bus that starts nothing by itself, and dunst, everything they write inside
# the existing FOLDER. Says DISPLAY=.., DBUS_SESSION_BUS_ADDRESS=.., DUNST_PID=.., BUS_PID=.., then
# `ready`; or `missing ..` (status 77) or `failed ..`. It all ends with its standard input.
#
#   FOLDER/shown   one line a popup that dunst showed: urgency|summary|body|category|tag
#   FOLDER/pick    to write: the label of the button that `dunstctl context` then presses
#   FOLDER/menu    the buttons that were offered to be picked, by then
set -u
folder=$(cd "${1:?folder}" && pwd) || exit 2

for program in Xvfb dbus-daemon dbus-send dunst dunstctl; do
    if ! command -v $program >/dev/null; then
        echo "missing $program"
        exit 77
    fi
done

pids=()
finish()
{
    local i
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        # A test may have stopped it.
        kill "${pids[i]}" 2>/dev/null && kill -CONT "${pids[i]}" 2>/dev/null
    done
    wait
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

fail()
{
    echo "failed $1"
    exit 1
}

# What a server says to its descriptor 3 when it is ready, in $heard.
hear()
{
    read -r -t 20 -u "$says" heard || fail "$1"
}

mkdir -p "$folder/home"
export HOME=$folder/home XDG_CONFIG_HOME=$folder/home XDG_DATA_HOME=$folder/home
export XDG_CACHE_HOME=$folder/home XDG_STATE_HOME=$folder/home XDG_RUNTIME_DIR=$folder/home
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY

mkfifo "$folder/says"
exec {says}<>"$folder/says"

Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>&"$says" \
    </dev/null >/dev/null 2>"$folder/x.log" &
pids+=($!)
hear Xvfb
DISPLAY=:$heard

cat >"$folder/bus.conf" <<END
<busconfig>
  <type>session</type>
  <listen>unix:path=$folder/bus</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
dbus-daemon --config-file="$folder/bus.conf" --nofork --nopidfile --print-address=3 \
    3>&"$says" </dev/null >/dev/null 2>"$folder/bus.log" &
bus=$!
pids+=("$bus")

hear dbus-daemon
DBUS_SESSION_BUS_ADDRESS=$heard
export DISPLAY DBUS_SESSION_BUS_ADDRESS

cat >"$folder/record" <<'END'
#!/bin/sh
printf '%s|%s|%s|%s|%s\n' "$DUNST_URGENCY" "$DUNST_SUMMARY" "$DUNST_BODY" "$DUNST_CATEGORY" \
    "$DUNST_STACK_TAG" >>"${0%/*}/shown"
END
cat >"$folder/choose" <<'END'
#!/bin/sh
cat >"${0%/*}/menu"
grep -F -m 1 -e "$(cat "${0%/*}/pick")" "${0%/*}/menu"
END
chmod +x "$folder/record" "$folder/choose"

cat >"$folder/dunstrc" <<END
[global]
    dmenu = $folder/choose
    always_run_script = true
    show_indicators = no
    markup = full
    format = "%s %b"
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
[everything]
    appname = "randori"
    script = $folder/record
END
dunst -config "$folder/dunstrc" </dev/null >"$folder/dunst.log" 2>&1 &
dunst=$!
pids+=("$dunst")

for ((tries = 0; tries < 400; tries++)); do
    dunstctl is-paused >/dev/null 2>&1 && break
    kill -0 "$dunst" 2>/dev/null || fail "dunst: $(tail -n 1 "$folder/dunst.log")"
    sleep 0.05
done
[ "$tries" -lt 400 ] || fail "dunst, after 20 s"

echo "DISPLAY=$DISPLAY"
echo "DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
echo "DUNST_PID=$dunst"
echo "BUS_PID=$bus"
echo "ready"

exec 2>/dev/null # bash has a word about a server that a test killed
cat >/dev/null
