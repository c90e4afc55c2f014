/* A click: on a key it is that key, on a row of a list the cursor goes there, and takes the row when
 * it is there already. */
#include <stdlib.h>

#include "screens/hits.h"
#include "screens/overlay.h"

/* What is seen is drawn once more, where nobody looks. */
static void
look(const struct view *view, const struct ui *ui, struct hits *hits)
{
    WINDOW *window = newpad(view->rows, view->columns);
    struct view seen = *view;
    if (window == NULL)
        return;
    seen.hits = hits;
    screen_draw(window, &seen, ui);
    delwin(window);
}

/* On the board Enter would start the session. */
static struct key
taking(const struct view *view, const struct ui *ui)
{
    bool chooses = ui->overlay == OVERLAY_PEOPLE ? ui->people_use == PEOPLE_DRIVER
                                                 : view->session->phase == PHASE_ROLES;
    return (struct key){.code = chooses ? '\r' : ' '};
}

/* True when the click is that key. */
static bool
means_key(const struct view *view, struct ui *ui, const struct hit *hit, int column,
          struct key *key)
{
    if (hit->index < 0)
        return hits_pressed(hit, column, key);
    ui->finding = false;
    *key = taking(view, ui);
    return hit->index == ui->cursor;
}

enum reply
click_key(const struct view *view, struct ui *ui, struct key key, struct key *meant)
{
    struct hits *hits = view->rows > 0 ? calloc(1, sizeof *hits) : NULL;
    enum reply reply = REPLY_IGNORED;
    if (hits == NULL)
        return reply;
    look(view, ui, hits);
    const struct hit *hit = hits_at(hits, key.row, key.column);
    if (hit != NULL && means_key(view, ui, hit, key.column, meant)) {
        reply = REPLY_COMMAND;
    } else if (hit != NULL && hit->index >= 0) {
        ui->cursor = hit->index;
        reply = REPLY_DRAWN;
    }
    free(hits);
    return reply;
}
