/* How runs end: by themselves, because their time is over, or because we leave. */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "services/hook_log.h"
#include "services/hooks_inside.h"

enum { LOOK_MS = 20 };

static const char no_time[] = "not started: there was no time left";

void
hooks_say_ended(struct hooks *hooks, const struct hook *hook, const char *how)
{
    hook_log_append(hooks->log, hook->file.name, how, &hook->process);
    if (hooks->listener.said != NULL && hook->process.length > 0)
        hooks->listener.said(hooks->listener.user, hook->process.kept, hook->process.length);
    hooks->listener.ended(hooks->listener.user, hook->run, hook->file.name, how);
}

static void
tell_to_end(struct hook *hook, int64_t now_ms)
{
    hook_process_signal(&hook->process, SIGTERM);
    hook->is_told = true;
    hook->end_ms = now_ms + HOOKS_END_MS;
}

static void
kill_group(struct hook *hook)
{
    hook_process_signal(&hook->process, SIGKILL);
    hook->is_told = hook->is_killed = true;
    hook->end_ms = INT64_MAX;
}

static void
say_how(char how[static HOOK_HOW], const struct hook *hook, int status, int64_t now_ms)
{
    long long seconds = (long long)(now_ms - hook->started_ms) / 1000;

    if (WIFSIGNALED(status) && hook->is_told)
        snprintf(how, HOOK_HOW, "killed after %lld s", seconds);
    else if (WIFSIGNALED(status))
        snprintf(how, HOOK_HOW, "SIG%s", sigabbrev_np(WTERMSIG(status)));
    else if (hook->is_told)
        snprintf(how, HOOK_HOW, "told to end after %lld s: exit %d", seconds, WEXITSTATUS(status));
    else
        snprintf(how, HOOK_HOW, "exit %d", WEXITSTATUS(status));
}

/* A group keeps its number as long as somebody is in it, so it is still this one. */
static void
end_group(struct hooks *hooks, struct hook *hook, int64_t now_ms)
{
    if (hook->is_killed || !hook_process_signal(&hook->process, 0)) {
        hooks_drop(hooks, hook);
        return;
    }
    if (!hook->is_told)
        tell_to_end(hook, now_ms);
    hook->stage = LINGERS;
    hook->look_ms = now_ms + LOOK_MS;
}

bool
hooks_reaped(struct hooks *hooks, pid_t pid, int status, int64_t now_ms)
{
    struct hook *hook = hooks->first;
    char how[HOOK_HOW];

    while (hook != NULL && (hook->stage != RUNS || hook->process.pid != pid))
        hook = hook->next;
    if (hook == NULL)
        return false;
    hook_process_read(&hook->process);
    hook_process_close(&hook->process);
    say_how(how, hook, status, now_ms);
    hooks_say_ended(hooks, hook, how);
    end_group(hooks, hook, now_ms);
    return true;
}

void
hooks_look_after(struct hooks *hooks, struct hook *hook, int64_t now_ms)
{
    if (hook->stage == RUNS && !hook_process_read(&hook->process))
        hook_process_close(&hook->process);
    if (now_ms >= hook->end_ms) {
        if (hook->is_told)
            kill_group(hook);
        else
            tell_to_end(hook, now_ms);
    }
    if (hook->stage == LINGERS)
        end_group(hooks, hook, now_ms);
}

/* What never began is given up, and of what was announced the record has to hear. */
static void
give_up_waiting(struct hooks *hooks)
{
    for (struct hook *hook = hooks->first, *next; hook != NULL; hook = next) {
        next = hook->next;
        if (hook->stage > ANNOUNCED)
            continue;
        if (hook->stage == ANNOUNCED)
            hooks_say_ended(hooks, hook, no_time);
        else
            hook_log_append(hooks->log, hook->file.name, no_time, NULL);
        hooks_drop(hooks, hook);
    }
}

void
hooks_end(struct hooks *hooks, int64_t now_ms)
{
    bool again = hooks->is_ending;

    hooks->is_ending = true;
    give_up_waiting(hooks);
    for (struct hook *hook = hooks->first; hook != NULL; hook = hook->next) {
        if (again)
            kill_group(hook);
        else if (!hook->is_told)
            tell_to_end(hook, now_ms);
    }
}
