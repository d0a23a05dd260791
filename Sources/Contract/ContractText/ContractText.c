#include "ContractText.h"

// `#embed` and not SwiftPM's `.embedInCode`: that writes the bytes as a Swift array literal, which costs the compiler about a
// fifth of a millisecond and ten kilobytes of memory for every one of them.
// The directive is in the language since C23 and in clang since version 19, which remarks on it in older dialects.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t assumptions[] = {
#embed "../Contract/Resources/assumptions.json"
};
const ContractText contractTextAssumptions = {assumptions, sizeof assumptions};

static const uint8_t rackbeat[] = {
#embed "../Contract/Resources/rackbeat.json"
};
const ContractText contractTextRackbeat = {rackbeat, sizeof rackbeat};

static const uint8_t ongoing[] = {
#embed "../Contract/Resources/ongoing.json"
};
const ContractText contractTextOngoing = {ongoing, sizeof ongoing};
