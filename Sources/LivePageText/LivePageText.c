#include "LivePageText.h"

// See `ContractText.c` for the directive.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t page[] = {
#embed "page.html"
};
const LivePageText livePageTextPage = {page, sizeof page};

static const uint8_t login[] = {
#embed "login.html"
};
const LivePageText livePageTextLogin = {login, sizeof login};

static const uint8_t style[] = {
#embed "page.css"
};
const LivePageText livePageTextStyle = {style, sizeof style};

static const uint8_t script[] = {
#embed "page.js"
};
const LivePageText livePageTextScript = {script, sizeof script};
