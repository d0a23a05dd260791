#ifndef EMBEDDED_TEXT_H
#define EMBEDDED_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of one file of the repository, as it was when this build was made.
typedef struct {
    const uint8_t *_Nonnull start;
    size_t count;
} EmbeddedText;

extern const EmbeddedText embeddedAssumptions;
extern const EmbeddedText embeddedRackbeatContract;
extern const EmbeddedText embeddedOngoingContract;
extern const EmbeddedText embeddedReportStyle;
extern const EmbeddedText embeddedReportScript;
extern const EmbeddedText embeddedReportSchema;
extern const EmbeddedText embeddedLivePage;
extern const EmbeddedText embeddedLoginPage;
extern const EmbeddedText embeddedLivePageStyle;
extern const EmbeddedText embeddedLivePageScript;

/// The package manager's `Package.resolved`; empty where there was no such file.
extern const EmbeddedText embeddedResolvedPackages;

/// The compiler of this build, such as `Clang 21.0.0 (…)`.
extern const char *_Nonnull const embeddedCompiler;

#endif
