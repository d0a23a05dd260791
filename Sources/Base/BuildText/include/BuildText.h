#ifndef BUILD_TEXT_H
#define BUILD_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of the package manager's `Package.resolved`, as it was when this build was made; none where there was no such file.
extern const uint8_t *_Nonnull const buildTextResolved;
extern const size_t buildTextResolvedCount;

/// The compiler of this build, such as `Clang 21.0.0 (…)`.
extern const char *_Nonnull const buildTextCompiler;

#endif
