#include "notify/popups.h"

#include <libnotify/notify.h>
#include <limits.h>
#include <string.h>

struct popups {
    GHashTable *by_key; /* owned key -> struct popup */
    popups_report report;
    void *user;
};

struct popup {
    struct popups *popups;
    char *key;
    NotifyNotification *notification;
    gulong closed_handler;
};

static void
report(const struct popups *popups, enum message_kind kind, const char *key, struct message message)
{
    message.kind = kind;
    message.key = (char *)key;
    popups->report(popups->user, &message);
}

static void
popup_free(void *data)
{
    struct popup *popup = data;

    g_signal_handler_disconnect(popup->notification, popup->closed_handler);
    notify_notification_clear_actions(popup->notification);
    g_object_unref(popup->notification);
    g_free(popup->key);
    g_free(popup);
}

struct popups *
popups_new(popups_report report_function, void *user)
{
    struct popups *popups = g_new0(struct popups, 1);

    popups->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, popup_free);
    popups->report = report_function;
    popups->user = user;
    return popups;
}

/* --- what the desktop says ----------------------------------------------------------------- */

/* A notification says "closed" once in its life, so it is done with; the next show makes another. */
static void
on_closed(NotifyNotification *notification, void *user)
{
    const struct popup *popup = user;
    struct popups *popups = popup->popups;
    char *key = g_strdup(popup->key);

    (void)notification;
    g_hash_table_remove(popups->by_key, key);
    report(popups, MESSAGE_CLOSED, key, (struct message){0});
    g_free(key);
}

struct pressed {
    struct popups *popups;
    char *key;
};

static void
pressed_free(void *data)
{
    struct pressed *pressed = data;

    g_free(pressed->key);
    g_free(pressed);
}

static gboolean
close_pressed(void *data)
{
    const struct pressed *pressed = data;

    popups_close(pressed->popups, &(struct message){.kind = MESSAGE_CLOSE, .key = pressed->key});
    return G_SOURCE_REMOVE;
}

/* A pressed button takes its popup down. Most daemons do so themselves, dunst does not. libnotify
 * still uses the notification after this call, so it is done next, before any further message. */
static void
on_action(NotifyNotification *notification, char *action, void *user)
{
    const struct popup *popup = user;
    struct pressed *pressed = g_new(struct pressed, 1);

    (void)notification;
    pressed->popups = popup->popups;
    pressed->key = g_strdup(popup->key);
    g_idle_add_full(G_PRIORITY_HIGH, close_pressed, pressed, pressed_free);
    report(popup->popups, MESSAGE_ACTION, popup->key, (struct message){.button = action});
}

/* --- showing ------------------------------------------------------------------------------- */

struct abilities {
    bool has_markup, has_actions;
};

/* Asked each time: the daemon may be another one by now. */
static struct abilities
ask_abilities(void)
{
    GList *caps = notify_get_server_caps();
    struct abilities abilities = {
        .has_markup = g_list_find_custom(caps, "body-markup", (GCompareFunc)strcmp) != NULL,
        .has_actions = g_list_find_custom(caps, "actions", (GCompareFunc)strcmp) != NULL,
    };

    g_list_free_full(caps, g_free);
    return abilities;
}

/* `id` is what the daemon calls the popup to replace, or 0. */
static NotifyNotification *
new_notification(unsigned id)
{
    return g_object_new(NOTIFY_TYPE_NOTIFICATION, "id", id <= INT_MAX ? (int)id : 0, NULL);
}

static struct popup *
popup_of(struct popups *popups, const struct message *message)
{
    struct popup *popup = g_hash_table_lookup(popups->by_key, message->key);

    if (popup)
        return popup;
    popup = g_new0(struct popup, 1);
    popup->popups = popups;
    popup->key = g_strdup(message->key);
    popup->notification = new_notification(message->id);
    popup->closed_handler =
        g_signal_connect(popup->notification, "closed", G_CALLBACK(on_closed), popup);
    g_hash_table_insert(popups->by_key, popup->key, popup);
    return popup;
}

/* Daemons that lost the id (a helper has died since) still replace by these tags. */
static void
set_hints(NotifyNotification *notification, const struct message *message)
{
    static const NotifyUrgency urgencies[] = {
        [URGENCY_LOW] = NOTIFY_URGENCY_LOW,
        [URGENCY_NORMAL] = NOTIFY_URGENCY_NORMAL,
        [URGENCY_CRITICAL] = NOTIFY_URGENCY_CRITICAL,
    };
    char *tag = g_strdup_printf("randori-%s", message->key);
    char *category = g_strdup_printf("x-randori.%s", message->key);

    notify_notification_set_urgency(notification, urgencies[message->urgency]);
    notify_notification_set_category(notification, category);
    notify_notification_set_hint(notification, "desktop-entry", g_variant_new_string("randori"));
    /* Nothing of a dojo is worth keeping in a list of missed messages. */
    notify_notification_set_hint(notification, "transient", g_variant_new_boolean(TRUE));
    notify_notification_set_hint(notification, "x-canonical-private-synchronous",
                                 g_variant_new_string(tag));
    notify_notification_set_hint(notification, "x-dunst-stack-tag", g_variant_new_string(tag));
    g_free(category);
    g_free(tag);
}

static void
set_content(struct popup *popup, const struct message *message, struct abilities abilities)
{
    NotifyNotification *notification = popup->notification;
    const char *text = message->text ? message->text : "";
    char *body = abilities.has_markup ? g_markup_escape_text(text, -1) : g_strdup(text);

    /* libnotify refuses an empty one. */
    notify_notification_update(notification, *message->title ? message->title : "randori", body,
                               NULL);
    notify_notification_clear_actions(notification);
    for (int i = 0; abilities.has_actions && i < message->buttons_count; i++)
        notify_notification_add_action(notification, message->buttons[i].id,
                                       message->buttons[i].label, on_action, popup, NULL);
    g_free(body);
}

void
popups_show(struct popups *popups, const struct message *message)
{
    struct popup *popup = popup_of(popups, message);
    GError *error = NULL;
    int id = 0;

    set_content(popup, message, ask_abilities());
    set_hints(popup->notification, message);
    if (!notify_notification_show(popup->notification, &error)) {
        g_hash_table_remove(popups->by_key, message->key);
        report(popups, MESSAGE_FAILED, message->key,
               (struct message){.why = error ? error->message : "unknown"});
        g_clear_error(&error);
        return;
    }
    g_object_get(popup->notification, "id", &id, NULL);
    report(popups, MESSAGE_SHOWN, message->key, (struct message){.id = (unsigned)id});
}

/* --- taking down --------------------------------------------------------------------------- */

void
popups_close(struct popups *popups, const struct message *message)
{
    const struct popup *popup = g_hash_table_lookup(popups->by_key, message->key);
    NotifyNotification *notification = NULL;

    if (popup)
        notification = g_object_ref(popup->notification);
    else if (message->id != 0)
        notification = new_notification(message->id);
    g_hash_table_remove(popups->by_key, message->key);
    if (notification) {
        notify_notification_close(notification, NULL);
        g_object_unref(notification);
    }
    report(popups, MESSAGE_CLOSED, message->key, (struct message){0});
}

void
popups_free(struct popups *popups)
{
    GHashTableIter each;
    void *value;

    g_hash_table_iter_init(&each, popups->by_key);
    while (g_hash_table_iter_next(&each, NULL, &value))
        notify_notification_close(((struct popup *)value)->notification, NULL);
    g_hash_table_destroy(popups->by_key);
    g_free(popups);
}
