/*
 * A sign and what stands for it where only ASCII may be drawn.
 */
#ifndef SCREENS_GLYPH_H
#define SCREENS_GLYPH_H

#include "screens/screen.h"

static inline const char *
glyph(const struct view *view, const char *sign, const char *ascii)
{
    return view->ascii ? ascii : sign;
}

#endif
