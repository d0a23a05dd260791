#ifndef PAGE_TEXT_H
#define PAGE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of one file of the live page.
typedef struct {
    const uint8_t *_Nonnull bytes;
    size_t count;
} PageText;

extern const PageText pageTextPage;
extern const PageText pageTextLogin;
extern const PageText pageTextStyle;
extern const PageText pageTextScript;

#endif
