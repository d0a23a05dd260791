#ifndef LIVE_PAGE_TEXT_H
#define LIVE_PAGE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of one file of the live page.
typedef struct {
    const uint8_t *_Nonnull bytes;
    size_t count;
} LivePageText;

extern const LivePageText livePageTextPage;
extern const LivePageText livePageTextLogin;
extern const LivePageText livePageTextStyle;
extern const LivePageText livePageTextScript;

#endif
