#include "PageText.h"

// See `ContractText.c` for the directive.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t page[] = {
#embed "page.html"
};
const PageText pageTextPage = {page, sizeof page};

static const uint8_t login[] = {
#embed "login.html"
};
const PageText pageTextLogin = {login, sizeof login};

static const uint8_t style[] = {
#embed "page.css"
};
const PageText pageTextStyle = {style, sizeof style};

static const uint8_t script[] = {
#embed "page.js"
};
const PageText pageTextScript = {script, sizeof script};
