#!/bin/sh
# Installs what is missing: install-packages.sh GROUP...   (groups: run, check, fuzz, lint)
#
# Each thing is looked for itself, not its package, so a system with other package names has
# nothing to install either. When all is there this takes some 20 ms and says nothing.
set -u

# group  kind of thing, and its name     package in Debian
table='
run      program  gcc                    gcc
run      program  make                   make
run      header   stdio.h                libc6-dev
run      program  pkg-config             pkg-config
run      library  ncursesw               libncurses-dev
run      library  inih                   libinih-dev
run      library  jansson                libjansson-dev
run      library  libdeflate             libdeflate-dev
run      header   utf8proc.h             libutf8proc-dev
run      library  libnotify              libnotify-dev
check    library  cmocka                 libcmocka-dev
check    library  vterm                  libvterm-dev
check    library  libical                libical-dev
check    program  nm                     binutils
check    program  mandoc                 mandoc
check    program  dbus-daemon            dbus
check    program  Xvfb                   xvfb
check    program  dunst                  dunst
fuzz     program  clang                  clang
lint     program  clang-format           clang-format
lint     program  clang-tidy             clang-tidy
lint     program  cppcheck               cppcheck
lint     program  shellcheck             shellcheck
lint     program  valgrind               valgrind
lint     program  gcovr                  gcovr
'

# names KIND: the names of that kind in the wanted groups.
names()
{
    echo "$wanted" | awk -v kind="$1" '$2 == kind { print $3 }'
}

is_here()
{
    case $1 in
    program) command -v "$2" >/dev/null ;;
    library) pkg-config --exists "$2" 2>/dev/null ;;
    header) echo "#include <$2>" | ${CC:-cc} -E - >/dev/null 2>&1 ;;
    esac
}

# Asks for everything at once, the usual case.
all_here()
{
    for program in $(names program); do
        is_here program "$program" || return 1
    done
    # shellcheck disable=SC2046 # one argument a library
    pkg-config --exists $(names library) 2>/dev/null || return 1
    names header | sed 's/.*/#include <&>/' | ${CC:-cc} -E - >/dev/null 2>&1
}

wanted=$(echo "$table" | awk -v groups=" $* " 'NF && index(groups, " " $1 " ")')
if all_here; then
    exit 0
fi

missing=$(echo "$wanted" | while read -r _ kind name package; do
    is_here "$kind" "$name" || echo "$name ($kind) $package"
done)
things=$(echo "$missing" | awk '{ printf "%s%s %s", sep, $1, $2; sep = ", " }')
packages=$(echo "$missing" | awk '{ printf "%s%s", sep, $NF; sep = " " }')
echo "randori: missing: $things" >&2

if ! command -v apt-get >/dev/null; then
    echo "randori: please install these with your system's package manager, then try again." >&2
    echo "randori: in Debian the packages are: $packages" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    as_root=''
elif command -v sudo >/dev/null; then
    as_root='sudo'
else
    echo "randori: as root, please run: apt-get install $packages" >&2
    exit 1
fi

# No questions, but sudo may ask for the password. What apt says is shown when it fails.
apt_get()
{
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=120 "$@" >>"$log" 2>&1
}

# The lists of a new machine are empty, those of an old one name packages that are gone.
install_packages()
{
    # shellcheck disable=SC2086 # one argument a package
    apt_get install -y --no-install-recommends $packages || {
        : >"$log"
        apt_get update
        apt_get install -y --no-install-recommends $packages
    }
}

echo "randori: installing, this may take a minute: $packages" >&2
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
if ! install_packages; then
    tail -n 20 "$log" >&2
    echo "randori: could not install: $packages" >&2
    exit 1
fi
all_here || {
    echo "randori: installed, and still something of this is not found: $things" >&2
    exit 1
}
