#include "screens/overlay.h"

#include "screens/paint.h"

bool
key_is(struct key key, wint_t character)
{
    return !key.function && !key.alt && key.code == character;
}

bool
key_is_function(struct key key, wint_t code)
{
    return key.function && !key.alt && key.code == code;
}

bool
key_is_enter(struct key key)
{
    return key_is_function(key, KEY_ENTER) || key_is(key, '\r') || key_is(key, '\n');
}

bool
key_is_leave(struct key key)
{
    return key_is(key, KEY_ESCAPE) || key_is(key, KEY_CONTROL & 'C') ||
           key_is(key, KEY_CONTROL & 'G');
}

void
overlay_open(struct ui *ui, enum overlay overlay)
{
    if (ui->overlay == OVERLAY_NONE) {
        ui->under_cursor = ui->cursor;
        ui->under_scroll = ui->scroll;
    }
    if (overlay == OVERLAY_HELP || overlay == OVERLAY_PEOPLE)
        ui->cursor = ui->scroll = 0;
    ui->overlay = overlay;
    ui->finding = false;
}

void
overlay_close(struct ui *ui)
{
    if (ui->overlay == OVERLAY_HELP || ui->overlay == OVERLAY_PEOPLE) {
        ui->cursor = ui->under_cursor;
        ui->scroll = ui->under_scroll;
    }
    ui->overlay = OVERLAY_NONE;
    ui->finding = false;
}

void
overlay_row(WINDOW *window, int row, enum paint paint, const struct view *view)
{
    chtype blank = (chtype)(' ' | paint_attributes(paint, view->colours));
    mvwhline(window, row, 0, blank, getmaxx(window));
}
