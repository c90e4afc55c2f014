#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "session/roster.h"
#include "storage/file.h"
#include "storage/participants.h"
#include "workspace.h"

/* The people as "Name<address>|...", and the problems, a line each. */
struct result {
    char people[500];
    char *problems;
    int count;
    bool good, sample;
};

static struct result
read_named(const char *folder, const char *name, bool named)
{
    struct participants participants;
    struct problems problems = {0};
    struct result result = {.people = ""};
    result.good = participants_read(folder, name, name, named, &participants, &problems);
    result.sample = participants.sample;
    result.count = participants.count;
    for (int i = 0; i < participants.count && i < 10; i++) {
        size_t used = strlen(result.people);
        const struct participant *one = &participants.item[i];
        snprintf(result.people + used, sizeof result.people - used, "%s%s%s%s%s", i > 0 ? "|" : "",
                 one->name, one->email != NULL ? "<" : "", one->email != NULL ? one->email : "",
                 one->email != NULL ? ">" : "");
    }
    result.problems = workspace_problems(&problems);
    assert_int_equal(result.good, problems.count == 0);
    participants_free(&participants);
    problems_free(&problems);
    return result;
}

static void
assert_people(const char *text, const char *expected)
{
    workspace_write("p.txt", text);
    struct result result = read_named(NULL, "p.txt", true);
    assert_string_equal(result.problems, "");
    assert_string_equal(result.people, expected);
    free(result.problems);
}

static void
assert_problems_of(const char *name, const char *expected)
{
    struct result result = read_named(NULL, name, true);
    assert_string_equal(result.problems, expected);
    free(result.problems);
}

static void
assert_problems(const char *text, const char *expected)
{
    workspace_write("p.txt", text);
    assert_problems_of("p.txt", expected);
}

static void
people_are_read_in_order(void **state)
{
    (void)state;
    assert_people("Ada Lovelace\nGrace Hopper\n", "Ada Lovelace|Grace Hopper");
    assert_people("# who\n\n  Ada  \n\t# no\nZoë\t\n李雷", "Ada|Zoë|李雷");
    assert_people("\xEF\xBB\xBF"
                  "Ada\r\nGrace\r\n",
                  "Ada|Grace");
    assert_people("Ada Lovelace, C# fan\n", "Ada Lovelace, C# fan");
}

static void
an_address_is_kept_apart(void **state)
{
    (void)state;
    assert_people("Grace Hopper <grace@example.org>\nAda< ada@example.org >\n",
                  "Grace Hopper<grace@example.org>|Ada<ada@example.org>");
}

static void
nobody_is_no_mistake(void **state)
{
    (void)state;
    assert_people("", "");
    assert_people("# nobody yet\n", "");
}

static void
bad_lines_are_named(void **state)
{
    static const char form[] = "expected `Name` or `Name <mail@address>`\n";
    char expected[600];
    (void)state;
    snprintf(expected, sizeof expected,
             "p.txt:1: %sp.txt:2: %sp.txt:3: %sp.txt:4: %sp.txt:5: %sp.txt:6: %s", form, form, form,
             form, form, form);
    assert_problems("A <b>\nB <b@c\nC b@c>\nD <b@c> x\nE <b@c@d>\nF <b @c>\n", expected);
    assert_problems("<ada@example.org>\nada@example.org\nA\tB\n",
                    "p.txt:1: the name before the address is missing\n"
                    "p.txt:2: an address needs a name before it: `Name <mail@address>`\n"
                    "p.txt:3: a name may not hold a tab\n");
}

static void
bad_text_is_named(void **state)
{
    static const char nul[] = "Ada\nGra\0ce\n";
    (void)state;
    assert_problems("Ada\n\x1B[31mEve\n\xFF\nA\xE2\x80\xAE"
                    "b\nx\ry\n",
                    "p.txt:2: the line holds a control character (U+001B)\n"
                    "p.txt:3: the line is not valid UTF-8 (byte FF)\n"
                    "p.txt:4: the line holds an invisible character (U+202E)\n"
                    "p.txt:5: the line holds a carriage return; end lines with a newline\n");
    workspace_write_bytes("p.txt", nul, sizeof nul - 1);
    assert_problems_of("p.txt", "p.txt:2: the line holds a control character (U+0000)\n");
}

static void
the_same_name_twice_names_both_lines(void **state)
{
    (void)state;
    assert_problems("Zoë\n\nGrace\n zoe\xCC\x88  <z@example.org>\n",
                    "p.txt:4: zoe\xCC\x88 stands twice: also in line 1; add something that tells "
                    "them apart\n");
}

static void
long_names_are_named(void **state)
{
    char text[NAME_MOST + 2];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_problems(text, "p.txt:1: the name is too long: 257 bytes, at most 256 are allowed\n");
    text[NAME_MOST] = '\0';
    assert_people(text, text);
}

static void
write_people(int count)
{
    FILE *file = fopen("p.txt", "w");
    assert_non_null(file);
    for (int i = 0; i < count; i++)
        fprintf(file, "Person %d\n", i);
    fputs("# the end\n", file);
    fclose(file);
}

static void
too_many_people_are_named(void **state)
{
    (void)state;
    write_people(ROSTER_MOST);
    struct result result = read_named(NULL, "p.txt", true);
    assert_true(result.good);
    assert_int_equal(result.count, ROSTER_MOST);
    free(result.problems);
    write_people(ROSTER_MOST + 1);
    assert_problems_of("p.txt", "p.txt:501: more than 500 people are too many for one dojo\n");
}

static void
what_is_no_file_is_named(void **state)
{
    char *big = calloc(1, FILE_MOST + 1);
    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    workspace_write_bytes("big", big, FILE_MOST + 1);
    free(big);
    assert_problems_of("folder", "folder: is a directory\n");
    assert_problems_of("missing", "missing: does not exist\n");
    assert_problems_of("big", "big: is larger than 1 MiB\n");
    struct result result = read_named(NULL, "missing", false);
    assert_true(result.good);
    assert_int_equal(result.count, 0);
    free(result.problems);
}

/* A pipe that nobody writes to would stop a program that just opens it. */
static void
an_idle_pipe_does_not_hang(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_problems_of("pipe", "");
}

static void
assert_below(const char *name, bool good)
{
    struct result result = read_named("folder", name, true);
    if (result.good != good)
        fail_msg("%s: %s", name, result.problems);
    assert_true(good || strstr(result.problems, "leads out of the folder") != NULL);
    free(result.problems);
}

static void
no_path_leads_out_of_the_folder(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(mkdir("folder/deep", 0700), 0);
    workspace_write("secret", "Secret\n");
    workspace_write("folder/here", "Ada\n");
    assert_int_equal(symlink("../secret", "folder/link"), 0);
    assert_int_equal(symlink("..", "folder/up"), 0);
    assert_int_equal(symlink("../here", "folder/deep/link"), 0);
    assert_below("here", true);
    assert_below("./here", true);
    assert_below("deep/link", true); /* a link that stays inside */
    assert_below("../secret", false);
    assert_below("deep/../../secret", false);
    assert_below("link", false);
    assert_below("up/secret", false);
    assert_below("/etc/hostname", false);
}

/* From now on this process has no openat2(2), as with an old kernel; false where nobody may say so. */
static bool
forbid_openat2(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0 /* the number of the call */),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 &&
           syscall(SYS_openat2, -1, "", NULL, 0) == -1 && errno == ENOSYS;
}

enum { CANNOT_FORBID = 77 };

static int
name_wrong_ones(void)
{
    static const struct {
        const char *name;
        int read, check;
    } expected[] = {
        {"here", 0, 0},
        {"./here", 0, 0},
        {"deep//here", 0, 0},
        {"deep/.", EISDIR, 0},
        {"none", ENOENT, 0},
        {"none/here", ENOENT, 0},
        {"deep/link", ELOOP, ELOOP},
        {"link", ELOOP, ELOOP},
        {"up/secret", ELOOP, ELOOP},
        {"../secret", EXDEV, EXDEV},
    };
    int wrong = 0;

    if (!forbid_openat2())
        return CANNOT_FORBID;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct file_text text;
        int read = file_read("folder", expected[i].name, &text);
        int check = file_check_below("folder", expected[i].name);

        free(text.bytes);
        if (read != expected[i].read || check != expected[i].check) {
            printf("# %s: %s, %s\n", expected[i].name, strerror(read), strerror(check));
            wrong++;
        }
    }
    fflush(stdout);
    return wrong;
}

static void
without_openat2_no_link_is_followed(void **state)
{
    int status;
    pid_t child;

    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(mkdir("folder/deep", 0700), 0);
    workspace_write("secret", "Secret\n");
    workspace_write("folder/here", "Ada\n");
    workspace_write("folder/deep/here", "Ada\n");
    assert_int_equal(symlink("../secret", "folder/link"), 0);
    assert_int_equal(symlink("..", "folder/up"), 0);
    assert_int_equal(symlink("../here", "folder/deep/link"), 0);
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(name_wrong_ones());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CANNOT_FORBID)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- the sample --- */

static bool
is_sample(const char *text)
{
    workspace_write("p.txt", text);
    struct result result = read_named(NULL, "p.txt", true);
    assert_string_equal(result.problems, "");
    free(result.problems);
    return result.sample;
}

static void
the_sample_is_recognised_by_its_people(void **state)
{
    (void)state;
    char *changed = strdup(participants_sample());
    assert_true(is_sample(changed));
    assert_true(is_sample(strchr(changed, '\n') + 1)); /* without the first comment */
    *strstr(changed, "Ada") = 'O';
    assert_false(is_sample(changed));
    assert_false(is_sample("Ada Lovelace\n"));
    assert_false(is_sample(""));
    free(changed);
}

static void
the_shipped_file_is_the_sample(void **state)
{
    struct file_text text;
    (void)state;
    assert_int_equal(file_read(NULL, "config/participants.txt", &text), 0);
    assert_string_equal(text.bytes, participants_sample());
    free(text.bytes);
}

/* ---- aliases ---- */

static void
an_alias_is_another_name_of_somebody_in_the_list(void **state)
{
    struct participants participants;
    struct problems problems = {0};
    (void)state;
    workspace_write("p.txt", "alias: Rear Admiral Hopper = grace HOPPER\nAda\n  alias:G.H.=Grace "
                             "Hopper  \nGrace Hopper <grace@example.org>\n");
    assert_true(participants_read(NULL, "p.txt", "p.txt", true, &participants, &problems));
    assert_int_equal(participants.count, 2);
    assert_int_equal(participants.alias_count, 2);
    assert_string_equal(participants.alias[0].other, "Rear Admiral Hopper");
    assert_string_equal(participants.alias[0].name, "Grace Hopper");
    assert_string_equal(participants.alias[1].other, "G.H.");
    participants_free(&participants);
}

static void
bad_aliases_are_named(void **state)
{
    (void)state;
    assert_problems("Ada\nalias: Ada\nalias: = Ada\nalias: A =\nalias: A <a@b> = Ada\nalias: A = B "
                    "= Ada\n",
                    "p.txt:2: expected `alias: Other Name = Name`\n"
                    "p.txt:3: expected `alias: Other Name = Name`\n"
                    "p.txt:4: expected `alias: Other Name = Name`\n"
                    "p.txt:5: expected `alias: Other Name = Name`\n"
                    "p.txt:6: expected `alias: Other Name = Name`\n");
    assert_problems("Ada\nGrace\nalias: Augusta = Adda\nalias: GRACE = Ada\nalias: A = Ada\n"
                    "alias: a = Grace\n",
                    "p.txt:3: Adda does not stand in the list\n"
                    "p.txt:4: GRACE stands in the list as somebody else: nobody has two lines\n"
                    "p.txt:6: an alias a stands in line 5 already\n");
    assert_problems("Ada\nalias Augusta = Ada\nAlias : Augusta = Ada\nAlias: B = Bob\n",
                    "p.txt:2: expected `alias: Other Name = Name`\n"
                    "p.txt:3: expected `alias: Other Name = Name`\n"
                    "p.txt:4: Bob does not stand in the list\n");
    assert_problems("Alias Smith\nAliasing\nalias\n", "");
    assert_problems("Ada <a\nalias: Augusta = Ada\n", /* told once, where it is wrong */
                    "p.txt:1: expected `Name` or `Name <mail@address>`\n");
}

#define test(name) cmocka_unit_test_setup_teardown(name, workspace_enter, workspace_leave)

static void
aliases_are_counted(void **state)
{
    FILE *file = fopen("p.txt", "w");
    struct participants participants;
    struct problems problems = {0};

    (void)state;
    fputs("Ada\n", file);
    for (int i = 0; i < 502; i++)
        fprintf(file, "alias: A%d = Ada\n", i);
    fclose(file);
    assert_false(participants_read(NULL, "p.txt", "p.txt", true, &participants, &problems));
    assert_int_equal(problems.count, 2);
    assert_int_equal(problems.item[0].line, 502);
    assert_string_equal(problems.item[0].message, "more than 500 aliases are too many");
    assert_int_equal(participants.alias_count, 500);
    participants_free(&participants);
    problems_free(&problems);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(people_are_read_in_order),
        test(an_address_is_kept_apart),
        test(nobody_is_no_mistake),
        test(bad_lines_are_named),
        test(bad_text_is_named),
        test(the_same_name_twice_names_both_lines),
        test(long_names_are_named),
        test(too_many_people_are_named),
        test(what_is_no_file_is_named),
        test(an_idle_pipe_does_not_hang),
        test(no_path_leads_out_of_the_folder),
        test(without_openat2_no_link_is_followed),
        test(the_sample_is_recognised_by_its_people),
        cmocka_unit_test(the_shipped_file_is_the_sample),
        test(an_alias_is_another_name_of_somebody_in_the_list),
        test(bad_aliases_are_named),
        test(aliases_are_counted),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
