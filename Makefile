# randori: everything is built, tested and installed from here. `make help` lists the targets.
#
# Everything built goes to build/VARIANT, so the variants never mix: the usual build is `default`,
# `make SANITIZE=1` is `sanitize` (ASan and UBSan), `make COVERAGE=1` is `coverage`, and `make fuzz`
# builds `fuzz` for itself.

VERSION = 0.1.0

PREFIX     ?= /usr/local
bindir      = $(PREFIX)/bin
libexecdir  = $(PREFIX)/libexec
datadir     = $(PREFIX)/share
mandir      = $(datadir)/man
ourlibexec  = $(libexecdir)/randori
ourdata     = $(datadir)/randori

CFLAGS     ?= -O2 -g
PKG_CONFIG ?= pkg-config
INSTALL    ?= install
WERROR     ?= $(CI)

# One short line a command; V=1 shows the commands themselves.
V          ?=
say         = @$(if $V,:,echo) "$1"
Q           = $(if $V,,@)

# --- flags -----------------------------------------------------------------------------------

warnings = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
           $(if $(WERROR),$(variant_werror))
# Functions of ncurses where it has macros, which ask each time whether there is a window at all.
language = -std=c17 -D_GNU_SOURCE -DNCURSES_NOMACROS -Isrc -pthread
version  = -DRANDORI_VERSION='"$(VERSION)"'
folders  = -DRANDORI_LIBEXECDIR='"$(ourlibexec)"' -DRANDORI_DATADIR='"$(ourdata)"'

ifdef SANITIZE
  variant = sanitize
  variant_cflags  = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
                    -fno-sanitize-recover=all
  variant_ldflags = -fsanitize=address,undefined
else ifdef COVERAGE
  variant = coverage
  variant_cflags  = -O0 --coverage -fprofile-update=atomic
  variant_ldflags = --coverage
else ifdef FUZZ
  variant = fuzz
  CC = clang
  sanitizers = address,undefined
  variant_cflags  = -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,$(sanitizers) \
                    -fno-sanitize-recover=all -Wno-missing-field-initializers \
                    -Wno-format-zero-length
  variant_ldflags = -fsanitize=$(sanitizers)
else
  variant = default
  # Only here: the other variants' instruments and optimisation make gcc warn of what is not there.
  variant_werror  = -Werror
  variant_cflags  = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
  variant_ldflags =
endif

build = build/$(variant)

compile = $(CC) $(language) $(warnings) $(CPPFLAGS) $(CFLAGS) -fPIE $(variant_cflags) $(version)
link    = $(CC) -pthread $(CFLAGS) -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(variant_ldflags) \
          $(LDFLAGS)

# pkg-config is asked at the first use and once: `make run` may have to install it first.
asked_once = $(eval $1 := $$(shell $(PKG_CONFIG) $2))$($1)

core_packages = ncursesw inih jansson libdeflate libutf8proc
core_cflags   = $(call asked_once,core_cflags,--cflags $(core_packages))
core_libs     = $(call asked_once,core_libs,--libs $(core_packages))
notify_cflags = $(call asked_once,notify_cflags,--cflags libnotify jansson)
notify_libs   = $(call asked_once,notify_libs,--libs libnotify jansson)
test_cflags   = $(call asked_once,test_cflags,--cflags cmocka vterm)
test_libs     = $(call asked_once,test_libs,--libs cmocka vterm)
ical_libs     = $(call asked_once,ical_libs,--silence-errors --libs libical)

# --- files -----------------------------------------------------------------------------------

core_sources   := $(filter-out src/notify/%,$(wildcard src/*.c src/*/*.c))
notify_sources := $(wildcard src/notify/*.c)
manuals        := $(wildcard man/*.[1-8])

# A folder of tests/ holds test programs (test_*.c), what each of them is linked with (*.c), and
# sometimes a program that is none (main.c).
test_sources    := $(wildcard tests/*/test_*.c)
support_sources := $(filter-out $(test_sources) tests/bench/% tests/fuzz/% tests/soak/% %/main.c,$(wildcard tests/*/*.c))
test_scripts    := $(wildcard tests/check-*.sh tests/*/run-*.sh)
bench_sources   := $(wildcard tests/bench/*.c)
fuzz_sources    := $(wildcard tests/fuzz/fuzz_*.c)
storm_sources   := tests/soak/storm.c tests/soak/life.c
shim_sources    := $(wildcard tests/soak/shim_*.c)

objects        = $(patsubst %.c,$(build)/%.o,$1)
core_objects   = $(call objects,$(core_sources))
notify_objects = $(call objects,$(notify_sources))
library        = $(build)/librandori.a
programs       = $(if $(wildcard src/main.c),$(build)/randori) \
                 $(if $(notify_sources),$(build)/randori-notify)
tests          = $(patsubst %.c,$(build)/%,$(test_sources))
benches        = $(addprefix $(build)/tests/bench/,bench floor frame records)
fuzzers        = $(patsubst %.c,$(build)/%,$(fuzz_sources))
storm          = $(build)/tests/soak/storm
stalls         = $(build)/tests/soak/stalls
shims          = $(patsubst %.c,$(build)/%.so,$(shim_sources))
suites         = $(tests) $(test_scripts)

c_files  := $(wildcard src/*.[ch] src/*/*.[ch] tests/*/*.[ch])
sh_files := $(wildcard tests/*.sh tests/*/*.sh .ci/run)

# --- building --------------------------------------------------------------------------------

.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SECONDARY:
.PHONY: all run check memcheck bench screens screenshots coverage lint format install uninstall dist clean help \
        setup test-programs soak fuzz fuzzers lint-layout lint-tidy lint-cppcheck lint-shell lint-manuals FORCE

all: $(programs) $(library) build/share/randori ## build the programs (nothing is installed on this machine)

$(build)/randori: $(build)/src/main.o $(library)
	$(call say,link  $@)
	$Q$(link) -o $@ $^ $(core_libs)

# The archive gives the helper the message format, and what that stands on, and nothing more.
$(build)/randori-notify: $(notify_objects) $(library)
	$(call say,link  $@)
	$Q$(link) -o $@ $^ $(notify_libs) $(core_libs)

# Written anew, and appended to: a deleted file is gone, and two files may have the same name.
$(library): $(filter-out $(build)/src/main.o,$(core_objects)) $(build)/sources
	@rm -f $@
	$(call say,ar    $@)
	$Q$(AR) qcs $@ $(filter %.o,$^)

$(build)/src/notify/%.o: more_cflags = $(notify_cflags)
$(build)/tests/%.o: more_cflags = $(test_cflags)
$(build)/tests/bench/%.o $(build)/tests/fuzz/%.o: more_cflags =

# Only one file knows where things are installed: another PREFIX builds no more than that anew.
$(build)/src/storage/paths.o: more_cflags = $(folders)
$(build)/src/storage/paths.o: $(build)/folders

$(build)/%.o: %.c $(build)/flags
	@mkdir -p $(@D)
	$(call say,cc    $<)
	$Q$(compile) $(core_cflags) $(more_cflags) -MMD -MP -c -o $@ $<

# A test is linked with its folder's support files, the library, and LINK_<name of the test or of the
# folder>.
$(tests): $(build)/%: $(build)/%.o $$(call support_in,$$(@D)) $(library)
	$(call say,link  $@)
	$Q$(link) -o $@ $(filter %.o,$^) $(library) $(LINK_$(@F)) $(LINK_$(notdir $(@D))) \
	    $(test_libs) $(core_libs)

# Where memory runs out, the pretended dojo of the unit tests does what is tested.
$(patsubst %.c,$(build)/%,$(filter tests/scarcity/%,$(test_sources))): \
    $(patsubst %,$(build)/tests/unit/%.o,dojo folder sample story workspace)
LINK_scarcity = $(foreach call,malloc calloc realloc free strdup strndup vasprintf asprintf \
    __vasprintf_chk __asprintf_chk utf8proc_NFKC_Casefold open_memstream realpath \
    getline __getdelim scandir,-Wl,--wrap=$(call))

# The desktop's tests of the whole program need a terminal as well.
$(build)/tests/desktop/test_randori $(build)/tests/desktop/test_check: \
    $(patsubst %,$(build)/tests/terminal/%.o,vt vt_look home)

# Where libical is missing this test says so, and skips.
LINK_test_icalendar = $(ical_libs)

# The scenes that the screens are tested with are what is shown, and what is measured.
scene_objects = $(patsubst %,$(build)/tests/screens/%.o,canvas scene play)

pictures = $(build)/tests/pictures/pictures
$(pictures) $(build)/tests/pictures/test_pictures: $(scene_objects)

$(pictures): $(build)/tests/pictures/main.o $$(call support_in,$$(@D)) $(library)
	$(call say,link  $@)
	$Q$(link) -o $@ $(filter %.o,$^) $(library) $(test_libs) $(core_libs)

support_objects = $(call objects,$(support_sources))
# By name, since a `%` among the prerequisites above would become the stem.
support_in = $(filter $1/%,$(support_objects))

# What is left are parts of bench itself.
bench_parts = $(filter-out $(addsuffix .o,$(benches)),$(call objects,$(bench_sources)))

# The archive gives only what is asked for: the floor is still a bare ncurses program.
$(benches): $(build)/%: $(build)/%.o $(library)
	$(call say,link  $@)
	$Q$(link) -o $@ $(filter %.o,$^) $(library) $(LINK_$(@F)) $(core_libs) -lm

$(build)/tests/bench/bench: $(bench_parts)
$(build)/tests/bench/frame: $(scene_objects)
LINK_frame = $(test_libs)

$(fuzzers): $(build)/%: $(build)/%.o $(build)/tests/fuzz/fuzz.o $(library)
	$(call say,link  $@)
	$Q$(link) -fsanitize=fuzzer -o $@ $^ $(core_libs)

$(storm): $(call objects,$(storm_sources)) $(library)
$(stalls): $(build)/tests/soak/stalls.o $(build)/tests/desktop/desktop.o $(library)
$(storm) $(stalls) $(patsubst %,$(build)/%,$(filter tests/soak/%,$(test_sources:.c=))): \
    $(patsubst %,$(build)/tests/terminal/%.o,vt vt_look home expect dojo_room)
$(storm) $(stalls):
	$(call say,link  $@)
	$Q$(link) -o $@ $(filter %.o,$^) $(library) $(test_libs) $(core_libs)

# Preloaded into the program, to make its life hard.
$(shims): $(build)/%.so: %.c $(build)/flags
	@mkdir -p $(@D)
	$(call say,link  $@)
	$Q$(CC) $(language) $(warnings) $(CPPFLAGS) $(CFLAGS) -fPIC -shared -o $@ $<

# The built program finds its data where the installed one does: in ../share/randori.
build/share/randori:
	@mkdir -p $(@D)
	@ln -sfn ../../config $@

# These change only when their text does: other CFLAGS build everything again.
$(build)/flags:   text = $(compile) $(link)
$(build)/folders: text = $(folders)
$(build)/sources: text = $(core_sources)
$(build)/flags $(build)/folders $(build)/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(text))' | cmp -s - $@ || echo '$(subst ','\'',$(text))' >$@

-include $(patsubst %.o,%.d,$(core_objects) $(notify_objects) $(support_objects) \
    $(call objects,$(test_sources) $(bench_sources) $(fuzz_sources) $(storm_sources) tests/soak/stalls.c \
    tests/fuzz/fuzz.c))

# --- using -----------------------------------------------------------------------------------

run: ## install what is missing, build, and run with config/session.ini (ARGS="..." adds options)
	@tests/install-packages.sh run
	@$(MAKE) --no-print-directory all
	@exec $(build)/randori -c config/session.ini $(ARGS)

check: ## install what is missing, build, and run every test (ONLY=roster: suites with that name)
	@tests/install-packages.sh run check
	@$(MAKE) --no-print-directory all test-programs
	@RANDORI_BUILD=$(build) ONLY="$(ONLY)" tests/run.sh $(suites)

memcheck: ## run the unit and screen tests under valgrind
	@tests/install-packages.sh run check lint
	@$(MAKE) --no-print-directory all test-programs
	@RANDORI_BUILD=$(build) UNDER="valgrind -q --error-exitcode=99 --leak-check=full \
	    --errors-for-leak-kinds=definite --child-silent-after-fork=yes" tests/run.sh \
	    $(filter-out $(not_for_valgrind), \
	    $(filter $(build)/tests/unit/% $(build)/tests/screens/%,$(tests)))

# The first three try every byte of a file, or random meetings: minutes under valgrind. The fourth
# races with a helper that has a moment to answer. The last need openat2(), unknown to valgrind 3.19.
not_for_valgrind = %/test_journal_reading %/test_journal_faults %/test_properties \
                   %/test_notifier %/test_participants %/test_setup

test-programs: $(tests) $(storm) $(stalls) $(shims)
	@:

bench: ## measure against a bare ncurses program (and tty-clock, when installed)
	@tests/install-packages.sh run check
	@$(MAKE) --no-print-directory all $(benches)
	@$(build)/tests/bench/bench $(build)/randori $(build)/tests/bench/floor
	@$(build)/tests/bench/frame

screens: ## draw the screens in README.md anew
	@tests/install-packages.sh run check
	@$(MAKE) --no-print-directory $(pictures)
	@$(pictures) readme README.md

screenshots: ## draw the screens of README.md as SVG, in build/screenshots
	@tests/install-packages.sh run check
	@$(MAKE) --no-print-directory $(pictures)
	@$(pictures) svg build/screenshots

soak: ## kill the program 2,000 times (KILLS=2000), then everything of tests/soak at full length: an hour
	@tests/install-packages.sh run check lint
	@$(MAKE) --no-print-directory all test-programs
	@RANDORI_BUILD=$(build) tests/soak/soak.sh

fuzz: ## throw bytes at every parser and at the keyboard (FUZZ_SECONDS=20 each, ONLY="keys event")
	@tests/install-packages.sh run fuzz
	@$(MAKE) --no-print-directory fuzzers FUZZ=1
	@ONLY="$(ONLY)" tests/fuzz/fuzz.sh $(patsubst %.c,build/fuzz/%,$(fuzz_sources))

fuzzers: $(fuzzers)
	@:

coverage: ## run every test in a build that counts, then say what was not reached
	@tests/install-packages.sh run check lint
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory check COVERAGE=1
	@gcovr --root . --object-directory build/coverage --filter src/ --sort-percentage \
	    --exclude-unreachable-branches --txt build/coverage/report.txt --print-summary
	@echo "of these, the session's rules (src/session):"
	@gcovr --root . --object-directory build/coverage --filter src/session/ \
	    --exclude-unreachable-branches --print-summary --txt build/coverage/session.txt
	@echo "the lines not reached: build/coverage/report.txt"

setup: ## install the packages needed to build, test and lint
	@tests/install-packages.sh run check lint

# --- tidiness --------------------------------------------------------------------------------

lint: ## look for mistakes without running anything
	@tests/install-packages.sh run check lint
	@$(MAKE) --no-print-directory -k lint-layout lint-tidy lint-cppcheck lint-shell lint-manuals

lint-layout:
	@echo "lint: layout (clang-format)"
	@clang-format --dry-run -Werror $(c_files)

# One file a process: given several, clang-tidy 14 takes a va_list in the second for uninitialized.
lint-tidy: build/compile_commands.json
	@echo "lint: mistakes (clang-tidy)"
	@printf '%s\n' $(filter src/%.c,$(c_files)) | xargs -r -P 2 -n 1 clang-tidy --quiet -p build

# For clang-tidy, and for editors: `ln -s build/compile_commands.json`.
build/compile_commands.json: Makefile $(filter %.c,$(c_files))
	@mkdir -p build
	@{ comma='['; for file in $(filter %.c,$^); do \
	    printf '%s\n{"directory": "$(CURDIR)", "file": "%s", "command": "%s -c %s"}' \
	        "$$comma" $$file '$(subst ",\",$(subst ','\'',$(compile) $(core_cflags) \
	        $(notify_cflags) $(test_cflags)))' $$file; \
	    comma=','; done; echo ']'; } >$@

lint-cppcheck:
	@echo "lint: mistakes (cppcheck)"
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem --error-exitcode=1 -j 2 -Isrc -D_GNU_SOURCE src

lint-shell:
	@echo "lint: scripts (shellcheck)"
	@shellcheck -x $(sh_files)

lint-manuals:
	@echo "lint: manuals (mandoc)"
	@$(if $(manuals),mandoc -Tlint -Wwarning $(manuals))

format: ## lay out every C file
	clang-format -i $(c_files)

# --- installing ------------------------------------------------------------------------------

data_files   := $(shell find config -type f 2>/dev/null)
our_folders   = $(ourlibexec) $(ourdata) $(dir $(data_files:config/%=$(ourdata)/%))
man_target    = $(mandir)/man$(subst .,,$(suffix $1))/$(notdir $1)

installed     = $(bindir)/randori $(ourlibexec)/randori-notify $(data_files:config/%=$(ourdata)/%) \
            $(foreach page,$(manuals),$(call man_target,$(page)))

install: all ## install under PREFIX (/usr/local), below DESTDIR when it is set
	$(INSTALL) -d $(sort $(addprefix $(DESTDIR),$(dir $(installed))))
	$(INSTALL) -m 755 $(build)/randori $(DESTDIR)$(bindir)/randori
	$(if $(notify_sources),$(INSTALL) -m 755 $(build)/randori-notify $(DESTDIR)$(ourlibexec)/)
	set -e; $(foreach f,$(data_files),$(INSTALL) -m 644 $f $(DESTDIR)$(f:config/%=$(ourdata)/%);)
	set -e; $(foreach p,$(manuals),$(INSTALL) -m 644 $p $(DESTDIR)$(call man_target,$p);)

uninstall: ## remove exactly what install put there
	rm -f $(addprefix $(DESTDIR),$(installed))
	@# The deepest first; a folder in which somebody keeps a file of his own stays.
	@rmdir $(addprefix $(DESTDIR),$(shell printf '%s\n' $(our_folders) | sort -ru)) 2>/dev/null || :

dist: ## pack the committed sources as build/randori-VERSION.tar.gz
	@mkdir -p build
	git archive --prefix=randori-$(VERSION)/ -o build/randori-$(VERSION).tar.gz HEAD

clean: ## remove everything built
	rm -rf build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
