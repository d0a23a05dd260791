#ifndef CONTRACT_TEXT_H
#define CONTRACT_TEXT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of one file of `Sources/Contract/Contract/Resources`, as it was when this build was made.
typedef struct {
    const uint8_t *_Nonnull start;
    size_t count;
} ContractText;

extern const ContractText contractTextAssumptions;
extern const ContractText contractTextRackbeat;
extern const ContractText contractTextOngoing;

#endif
