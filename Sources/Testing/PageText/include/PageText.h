#ifndef PAGE_TEXT_H
#define PAGE_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// A file of the HTML report, as it is in `Sources/Testing/Reports/Resources`.
typedef struct {
    const uint8_t *_Nonnull bytes;
    size_t count;
} PageText;

extern const PageText pageTextReportStyle;
extern const PageText pageTextReportScript;

#endif
