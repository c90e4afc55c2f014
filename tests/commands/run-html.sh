#!/bin/bash
# randori report --format html as a browser sees it: headless Chromium lays it out, prints it, and
# tells what it made of it (TAP). Skipped where there is no Chromium.
set -u
cd "$(dirname "$0")/../.." || exit 2
randori=$PWD/${RANDORI_BUILD:-build/default}/randori
page=$PWD/tests/unit/golden/story.html

for browser in chromium chromium-browser google-chrome ""; do
    command -v "$browser" >/dev/null 2>&1 && break
done
if [ -z "$browser" ]; then
    printf '1..1\nok 1 # SKIP no Chromium here\n'
    exit 0
fi

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0 failed=0

# Chromium with its own home; what it says goes to the file err.
browse()
{
    HOME=$work timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --no-first-run --user-data-dir="$work/profile" "$@" 2>"$work/err"
}

result() # STATUS NAME
{
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' "$work/err"
        failed=1
    fi
}

# What a browser makes of the page is what was meant: nothing had to be mended.
shows_what_was_written()
{
    browse --dump-dom "file://$page" >"$work/dom" &&
        [ "$(grep -o '<g class="turn' "$work/dom" | wc -l)" -eq 11 ] &&
        [ "$(grep -o '<h2' "$work/dom" | wc -l)" -eq "$(grep -o '<h2' "$page" | wc -l)" ] &&
        [ "$(grep -o '<tr' "$work/dom" | wc -l)" -eq "$(grep -o '<tr' "$page" | wc -l)" ] &&
        ! grep -q 'parsererror' "$work/dom"
}

# A PDF of a few pages; an empty page would be some 3 KB.
prints()
{
    browse --no-pdf-header-footer --print-to-pdf="$work/minutes.pdf" "file://$page" &&
        [ "$(head -c 5 "$work/minutes.pdf")" = '%PDF-' ] &&
        [ "$(wc -c <"$work/minutes.pdf")" -gt 15000 ]
}

draws()
{
    browse --window-size=1000,1600 --screenshot="$work/minutes.png" "file://$page" &&
        [ "$(wc -c <"$work/minutes.png")" -gt 30000 ]
}

# Markup in a name stays a name. The page would say so in its title if a script ran.
runs_nothing()
{
    mkdir -p "$work/records"
    cp tests/commands/records/20261122T114000Z-5eed.jsonl "$work/records/"
    printf '%s\n' 'join <img src=x onerror="document.title=1">' \
        'join <script>document.title=1</script>' start next next quit |
        XDG_RUNTIME_DIR=$work XDG_DATA_HOME=$work/data HOME=$work \
            "$randori" --plain --new --end 23:59 >/dev/null 2>"$work/err" || true
    HOME=$work XDG_DATA_HOME=$work/data "$randori" report --format html -o "$work/hostile.html" \
        2>>"$work/err" &&
        grep -q '&lt;script&gt;document.title=1' "$work/hostile.html" &&
        browse --dump-dom "file://$work/hostile.html" >"$work/dom" &&
        grep -q '<title>Coding dojo' "$work/dom" && ! grep -q '<img' "$work/dom"
}

shows_what_was_written
result $? 'shows what was written'
prints
result $? 'prints'
draws
result $? 'draws'
runs_nothing
result $? 'runs nothing'
echo "1..$number"
exit $failed
