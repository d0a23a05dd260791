#include "PageText.h"

// See `ContractText.c` for the directive.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t reportStyle[] = {
#embed "../Reports/Resources/report.css"
};
const PageText pageTextReportStyle = {reportStyle, sizeof reportStyle};

static const uint8_t reportScript[] = {
#embed "../Reports/Resources/report.js"
};
const PageText pageTextReportScript = {reportScript, sizeof reportScript};
