#include "screens/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/overlay.h"
#include "session/text.h"
#include "session/text_scan.h"

enum { ROW_SIZE = 2048, DELETE_BACK = 127 };

void
find_open(struct ui *ui)
{
    ui->finding = true;
    ui->found = true;
    ui->find[0] = '\0';
}

static bool
holds(const struct view *view, int index, list_row row, const void *user, const char *wanted)
{
    char text[ROW_SIZE] = "";
    row(view, user, index, text, sizeof text);
    char *identity = text_identity(text);
    bool found = identity != NULL && strstr(identity, wanted) != NULL;
    free(identity);
    return found;
}

/* From the cursor on, around the end. */
static void
look(const struct view *view, struct ui *ui, int count, list_row row, const void *user)
{
    char *wanted = text_identity(ui->find);
    ui->found = ui->find[0] == '\0';
    for (int i = 0; wanted != NULL && !ui->found && i < count; i++) {
        int index = (ui->cursor + i) % count;
        if (!holds(view, index, row, user, wanted))
            continue;
        ui->found = true;
        ui->cursor = index;
    }
    free(wanted);
}

static void
take_back(struct ui *ui)
{
    ui->find[text_previous(ui->find, strlen(ui->find))] = '\0';
}

static bool
append(struct ui *ui, wint_t code)
{
    char bytes[4], why[80];
    size_t length = strlen(ui->find);
    if (code < ' ' || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return false;
    size_t count = text_encode((int32_t)code, bytes);
    if (length + count >= sizeof ui->find || text_fault(bytes, count, why) != NULL)
        return false;
    memcpy(ui->find + length, bytes, count);
    ui->find[length + count] = '\0';
    return true;
}

enum find
find_key(const struct view *view, struct ui *ui, struct key key, int count, list_row row,
         const void *user)
{
    if (!ui->finding) {
        if (!key_is(key, '/'))
            return FIND_NOTHING;
        find_open(ui);
        return FIND_TYPED;
    }
    if (key_is_enter(key) || key_is_leave(key)) {
        ui->finding = false;
        return key_is_enter(key) ? FIND_ENTERED : FIND_TYPED;
    }
    if (key_is_function(key, KEY_BACKSPACE) || key_is(key, DELETE_BACK) ||
        key_is(key, KEY_CONTROL & 'H'))
        take_back(ui);
    else if (key.function || key.alt)
        return FIND_NOTHING;
    else if (append(ui, key.code))
        look(view, ui, count, row, user);
    return FIND_TYPED;
}

void
find_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    static const char hint[] = "Esc leaves.";
    char line[UI_NOTICE];
    int row = getmaxy(window) - 1, columns = getmaxx(window);
    if (!ui->finding)
        return;
    overlay_row(window, row, PAINT_TEXT, view);
    int at = frame_text(window, view, row, 0, columns, PAINT_STRONG, "Find: ");
    snprintf(line, sizeof line, "%s%s", ui->find, ui->found ? "" : "  nobody");
    at +=
        frame_text(window, view, row, at, columns - at, ui->found ? PAINT_TEXT : PAINT_LAST, line);
    at += frame_text(window, view, row, at, columns - at, PAINT_CURSOR, " ") + 2;
    if (at + (int)strlen(hint) <= columns)
        frame_text(window, view, row, at, columns - at, PAINT_DIM, hint);
}
