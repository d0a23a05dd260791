#include "BuildText.h"

// See `ContractText.c` for the directive.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t resolved[] = {
#if __has_embed("../../../Package.resolved")
#embed "../../../Package.resolved" suffix(, )
#endif
    // An array without a byte is not C.
    0};
const uint8_t *const buildTextResolved = resolved;
const size_t buildTextResolvedCount = sizeof resolved - 1;

const char *const buildTextCompiler = __VERSION__;
