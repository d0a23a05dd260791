#include "EmbeddedText.h"

// `#embed` and not SwiftPM's `.embedInCode`: that writes the bytes as a Swift array literal, which costs the compiler about a
// fifth of a millisecond and ten kilobytes of memory for every one of them.
// The directive is in the language since C23 and in clang since version 19, which remarks on it in older dialects.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t assumptions[] = {
#embed "../../Contract/Contract/Resources/assumptions.json"
};
const EmbeddedText embeddedAssumptions = {assumptions, sizeof assumptions};

static const uint8_t rackbeatContract[] = {
#embed "../../Contract/Contract/Resources/rackbeat.json"
};
const EmbeddedText embeddedRackbeatContract = {rackbeatContract, sizeof rackbeatContract};

static const uint8_t ongoingContract[] = {
#embed "../../Contract/Contract/Resources/ongoing.json"
};
const EmbeddedText embeddedOngoingContract = {ongoingContract, sizeof ongoingContract};

static const uint8_t reportStyle[] = {
#embed "../../Testing/Reports/Resources/report.css"
};
const EmbeddedText embeddedReportStyle = {reportStyle, sizeof reportStyle};

static const uint8_t reportScript[] = {
#embed "../../Testing/Reports/Resources/report.js"
};
const EmbeddedText embeddedReportScript = {reportScript, sizeof reportScript};

static const uint8_t reportSchema[] = {
#embed "../../Testing/Reports/Resources/report.schema.json"
};
const EmbeddedText embeddedReportSchema = {reportSchema, sizeof reportSchema};

static const uint8_t livePage[] = {
#embed "../../Control/Page/Resources/page.html"
};
const EmbeddedText embeddedLivePage = {livePage, sizeof livePage};

static const uint8_t loginPage[] = {
#embed "../../Control/Page/Resources/login.html"
};
const EmbeddedText embeddedLoginPage = {loginPage, sizeof loginPage};

static const uint8_t livePageStyle[] = {
#embed "../../Control/Page/Resources/page.css"
};
const EmbeddedText embeddedLivePageStyle = {livePageStyle, sizeof livePageStyle};

static const uint8_t livePageScript[] = {
#embed "../../Control/Page/Resources/page.js"
};
const EmbeddedText embeddedLivePageScript = {livePageScript, sizeof livePageScript};

static const uint8_t resolvedPackages[] = {
#if __has_embed("../../../Package.resolved")
#embed "../../../Package.resolved" suffix(, )
#endif
    // An array without a byte is not C.
    0};
const EmbeddedText embeddedResolvedPackages = {resolvedPackages, sizeof resolvedPackages - 1};

const char *const embeddedCompiler = __VERSION__;
