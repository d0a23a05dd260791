extension CountryReading {
    /// ISO 3166-1: both codes, then the names in English, Danish, Swedish, Norwegian, Finnish and German as the Unicode CLDR gives them,
    /// and a few more that people write. In lower case, equal names once.
    static let table = """
        AD AND | andorra
        AE ARE | united arab emirates; de forenede arabiske emirater; förenade arabemiraten; de forente arabiske emirater; \
            arabiemiirikunnat; vereinigte arabische emirate
        AF AFG | afghanistan; afganistan
        AG ATG | antigua & barbuda; antigua og barbuda; antigua och barbuda; antigua ja barbuda; antigua und barbuda
        AI AIA | anguilla
        AL ALB | albania; albanien
        AM ARM | armenia; armenien
        AO AGO | angola
        AQ ATA | antarctica; antarktis
        AR ARG | argentina; argentiina; argentinien
        AS ASM | american samoa; amerikansk samoa; amerikanska samoa; amerikan samoa; amerikanisch-samoa
        AT AUT | austria; østrig; österrike; østerrike; itävalta; österreich
        AU AUS | australia; australien
        AW ABW | aruba
        AX ALA | åland islands; åland; ahvenanmaa; ålandinseln
        AZ AZE | azerbaijan; aserbajdsjan; azerbajdzjan; azerbaidžan; aserbaidschan
        BA BIH | bosnia & herzegovina; bosnien-hercegovina; bosnien och hercegovina; bosnia-hercegovina; \
            bosnia ja hertsegovina; bosnien und herzegowina
        BB BRB | barbados
        BD BGD | bangladesh; bangladesch
        BE BEL | belgium; belgien; belgia
        BF BFA | burkina faso
        BG BGR | bulgaria; bulgarien
        BH BHR | bahrain
        BI BDI | burundi
        BJ BEN | benin
        BL BLM | st. barthélemy; saint barthélemy; s:t barthélemy; saint-barthélemy
        BM BMU | bermuda
        BN BRN | brunei; brunei darussalam
        BO BOL | bolivia; bolivien
        BQ BES | caribbean netherlands; karibiska nederländerna; karibisk nederland; karibian alankomaat; \
            karibische niederlande
        BR BRA | brazil; brasilien; brasil; brasilia
        BS BHS | bahamas; bahama
        BT BTN | bhutan
        BV BVT | bouvet island; bouvetøen; bouvetön; bouvetøya; bouvet’nsaari; bouvetinsel
        BW BWA | botswana; botsuana
        BY BLR | belarus; valko-venäjä
        BZ BLZ | belize
        CA CAN | canada; kanada
        CC CCK | cocos (keeling) islands; cocosøerne; kokosöarna; kokosøyene; kokosinseln
        CD COD | congo - kinshasa; congo-kinshasa; kongo-kinshasa; kongon demokraattinen tasavalta
        CF CAF | central african republic; den centralafrikanske republik; centralafrikanska republiken; \
            den sentralafrikanske republikk; keski-afrikan tasavalta; zentralafrikanische republik
        CG COG | congo - brazzaville; congo-brazzaville; kongo-brazzaville; kongon tasavalta
        CH CHE | switzerland; schweiz; sveits; sveitsi
        CI CIV | côte d’ivoire
        CK COK | cook islands; cookøerne; cooköarna; cookøyene; cookinsaaret; cookinseln
        CL CHL | chile
        CM CMR | cameroon; cameroun; kamerun
        CN CHN | china; kina; kiina
        CO COL | colombia; kolumbia; kolumbien
        CR CRI | costa rica
        CU CUB | cuba; kuba; kuuba
        CV CPV | cape verde; kap verde; kapp verde; cabo verde
        CW CUW | curaçao
        CX CXR | christmas island; juleøen; julön; christmasøya; joulusaari; weihnachtsinsel
        CY CYP | cyprus; cypern; kypros; zypern
        CZ CZE | czechia; tjekkiet; tjeckien; tsjekkia; tšekki; tschechien; czech republic
        DE DEU | germany; tyskland; saksa; deutschland
        DJ DJI | djibouti; dschibuti
        DK DNK | denmark; danmark; tanska; dänemark
        DM DMA | dominica
        DO DOM | dominican republic; den dominikanske republik; dominikanska republiken; den dominikanske republikk; \
            dominikaaninen tasavalta; dominikanische republik
        DZ DZA | algeria; algeriet; algerie; algerien
        EC ECU | ecuador
        EE EST | estonia; estland; viro
        EG EGY | egypt; egypten; egypti; ägypten
        EH ESH | western sahara; vestsahara; västsahara; vest-sahara; länsi-sahara; westsahara
        ER ERI | eritrea
        ES ESP | spain; spanien; spania; espanja
        ET ETH | ethiopia; etiopien; etiopia; äthiopien
        FI FIN | finland; suomi; finnland
        FJ FJI | fiji; fidži; fidschi
        FK FLK | falkland islands; falklandsøerne; falklandsöarna; falklandsøyene; falklandinsaaret; falklandinseln
        FM FSM | micronesia; mikronesien; mikronesiaføderasjonen; mikronesia
        FO FRO | faroe islands; færøerne; färöarna; færøyene; färsaaret; färöer
        FR FRA | france; frankrig; frankrike; ranska; frankreich
        GA GAB | gabon; gabun
        GB GBR | united kingdom; storbritannien; storbritannia; iso-britannia; vereinigtes königreich; great britain; \
            großbritannien
        GD GRD | grenada
        GE GEO | georgia; georgien
        GF GUF | french guiana; fransk guyana; franska guyana; ranskan guayana; französisch-guayana
        GG GGY | guernsey
        GH GHA | ghana
        GI GIB | gibraltar
        GL GRL | greenland; grønland; grönland; grönlanti
        GM GMB | gambia
        GN GIN | guinea
        GP GLP | guadeloupe
        GQ GNQ | equatorial guinea; ækvatorialguinea; ekvatorialguinea; ekvatorial-guinea; päiväntasaajan guinea; \
            äquatorialguinea
        GR GRC | greece; grækenland; grekland; hellas; kreikka; griechenland
        GS SGS | south georgia og de sydlige sandwichøer; sydgeorgien och sydsandwichöarna; \
            sør-georgia og sør-sandwichøyene; etelä-georgia ja eteläiset sandwichinsaaret; \
            südgeorgien und die südlichen sandwichinseln
        GT GTM | guatemala
        GU GUM | guam
        GW GNB | guinea-bissau
        GY GUY | guyana
        HK HKG | hong kong; hongkong
        HM HMD | heard & mcdonald islands; heard island og mcdonald islands; heardön och mcdonaldöarna; \
            heard- og mcdonaldøyene; heard ja mcdonaldinsaaret; heard und mcdonaldinseln
        HN HND | honduras
        HR HRV | croatia; kroatien; kroatia
        HT HTI | haiti
        HU HUN | hungary; ungarn; ungern; unkari
        ID IDN | indonesia; indonesien
        IE IRL | ireland; irland; irlanti
        IL ISR | israel
        IM IMN | isle of man; man; mansaari
        IN IND | india; indien; intia
        IO IOT | chagos archipelago
        IQ IRQ | iraq; irak
        IR IRN | iran
        IS ISL | iceland; island; islanti
        IT ITA | italy; italien; italia
        JE JEY | jersey
        JM JAM | jamaica; jamaika
        JO JOR | jordan; jordanien; jordania
        JP JPN | japan; japani
        KE KEN | kenya; kenia
        KG KGZ | kyrgyzstan; kirgisistan; kirgizistan; kirgisia
        KH KHM | cambodia; cambodja; kambodja; kambodsja; kambodža; kambodscha
        KI KIR | kiribati
        KM COM | comoros; comorerne; komorerna; komorene; komorit; komoren
        KN KNA | st. kitts & nevis; saint kitts og nevis; s:t kitts och nevis; saint kitts ja nevis; st. kitts und nevis
        KP PRK | north korea; nordkorea; nord-korea; pohjois-korea
        KR KOR | south korea; sydkorea; sør-korea; etelä-korea; südkorea
        KW KWT | kuwait
        KY CYM | cayman islands; caymanøerne; caymanöarna; caymanøyene; caymansaaret; kaimaninseln
        KZ KAZ | kazakhstan; kasakhstan; kazakstan; kasachstan
        LA LAO | laos
        LB LBN | lebanon; libanon
        LC LCA | st. lucia; saint lucia; s:t lucia
        LI LIE | liechtenstein
        LK LKA | sri lanka
        LR LBR | liberia
        LS LSO | lesotho
        LT LTU | lithuania; litauen; liettua
        LU LUX | luxembourg; luxemburg
        LV LVA | latvia; letland; lettland
        LY LBY | libya; libyen
        MA MAR | morocco; marokko; marocko
        MC MCO | monaco
        MD MDA | moldova; moldavien; republik moldau
        ME MNE | montenegro
        MF MAF | st. martin; saint martin; saint-martin
        MG MDG | madagascar; madagaskar
        MH MHL | marshall islands; marshalløerne; marshallöarna; marshalløyene; marshallinsaaret; marshallinseln
        MK MKD | north macedonia; nordmakedonien; nord-makedonia; pohjois-makedonia; nordmazedonien
        ML MLI | mali
        MM MMR | myanmar
        MN MNG | mongolia; mongoliet; mongolei
        MO MAC | macao; macau
        MP MNP | northern mariana islands; nordmarianerne; nordmarianerna; nord-marianene; pohjois-mariaanit; \
            nördliche marianen
        MQ MTQ | martinique
        MR MRT | mauritania; mauretanien
        MS MSR | montserrat
        MT MLT | malta
        MU MUS | mauritius
        MV MDV | maldives; maldiverne; maldiverna; maldivene; malediivit; malediven
        MW MWI | malawi
        MX MEX | mexico; mexiko; meksiko
        MY MYS | malaysia; malesia
        MZ MOZ | mozambique; moçambique; mosambik
        NA NAM | namibia
        NC NCL | new caledonia; ny kaledonien; nya kaledonien; ny-caledonia; uusi-kaledonia; neukaledonien
        NE NER | niger
        NF NFK | norfolk island; norfolkön; norfolkøya; norfolkinsaari; norfolkinsel
        NG NGA | nigeria
        NI NIC | nicaragua
        NL NLD | netherlands; nederlandene; nederländerna; nederland; alankomaat; niederlande; the netherlands
        NO NOR | norway; norge; norja; norwegen
        NP NPL | nepal
        NR NRU | nauru
        NU NIU | niue
        NZ NZL | new zealand; nya zeeland; uusi-seelanti; neuseeland
        OM OMN | oman
        PA PAN | panama
        PE PER | peru
        PF PYF | french polynesia; fransk polynesien; franska polynesien; fransk polynesia; ranskan polynesia; \
            französisch-polynesien
        PG PNG | papua new guinea; papua ny guinea; papua nya guinea; papua ny-guinea; papua-uusi-guinea; papua-neuguinea
        PH PHL | philippines; filippinerne; filippinerna; filippinene; filippiinit; philippinen
        PK PAK | pakistan
        PL POL | poland; polen; puola
        PM SPM | st. pierre & miquelon; saint pierre og miquelon; s:t pierre och miquelon; saint-pierre ja miquelon; \
            st. pierre und miquelon
        PN PCN | pitcairn islands; pitcairn; pitcairnöarna; pitcairnøyene; pitcairninseln
        PR PRI | puerto rico
        PS PSE | palestinian territories; palestiinalaisalue
        PT PRT | portugal; portugali
        PW PLW | palau
        PY PRY | paraguay
        QA QAT | qatar; katar
        RE REU | réunion
        RO ROU | romania; rumænien; rumänien
        RS SRB | serbia; serbien
        RU RUS | russia; rusland; ryssland; russland; venäjä
        RW RWA | rwanda; ruanda
        SA SAU | saudi arabia; saudi-arabien; saudiarabien; saudi-arabia
        SB SLB | solomon islands; salomonøerne; salomonöarna; salomonøyene; salomonsaaret; salomonen
        SC SYC | seychelles; seychellerne; seychellerna; seychellene; seychellit; seychellen
        SD SDN | sudan
        SE SWE | sweden; sverige; ruotsi; schweden
        SG SGP | singapore; singapur
        SH SHN | st. helena; s:t helena; saint helena
        SI SVN | slovenia; slovenien; slowenien
        SJ SJM | svalbard & jan mayen; svalbard og jan mayen; svalbard och jan mayen
        SK SVK | slovakia; slovakiet; slovakien; slowakei
        SL SLE | sierra leone
        SM SMR | san marino
        SN SEN | senegal
        SO SOM | somalia
        SR SUR | suriname; surinam
        SS SSD | south sudan; sydsudan; sør-sudan; etelä-sudan; südsudan
        ST STP | são tomé & príncipe; são tomé og príncipe; são tomé och príncipe; são tomé ja príncipe; são tomé und príncipe
        SV SLV | el salvador
        SX SXM | sint maarten
        SY SYR | syria; syrien; syyria
        SZ SWZ | eswatini
        TC TCA | turks & caicos islands; turks- og caicosøerne; turks- och caicosöarna; turks- og caicosøyene; \
            turks- ja caicossaaret; turks- und caicosinseln
        TD TCD | chad; tchad; tsjad; tšad; tschad
        TF ATF | french southern territories
        TG TGO | togo
        TH THA | thailand; thaimaa
        TJ TJK | tajikistan; tadsjikistan; tadzjikistan; tadžikistan; tadschikistan
        TK TKL | tokelau
        TL TLS | timor-leste; östtimor; øst-timor; itä-timor
        TM TKM | turkmenistan
        TN TUN | tunisia; tunesien; tunisien
        TO TON | tonga
        TR TUR | türkiye; tyrkiet; turkiet; tyrkia; turkki; türkei
        TT TTO | trinidad & tobago; trinidad og tobago; trinidad och tobago; trinidad ja tobago; trinidad und tobago
        TV TUV | tuvalu
        TW TWN | taiwan
        TZ TZA | tanzania; tansania
        UA UKR | ukraine; ukraina
        UG UGA | uganda
        UM UMI | united states minor outlying islands
        US USA | united states; usa; yhdysvallat; vereinigte staaten; united states of america
        UY URY | uruguay
        UZ UZB | uzbekistan; usbekistan
        VA VAT | vatican city; vatikanstaten; vatikaani; vatikanstadt
        VC VCT | st. vincent & grenadines; saint vincent og grenadinerne; s:t vincent och grenadinerna; \
            st. vincent og grenadinene; saint vincent ja grenadiinit; st. vincent und die grenadinen
        VE VEN | venezuela
        VG VGB | british virgin islands; de britiske jomfruøer; brittiska jungfruöarna; de britiske jomfruøyene; \
            brittiläiset neitsytsaaret; britische jungferninseln
        VI VIR | u.s. virgin islands; de amerikanske jomfruøer; amerikanska jungfruöarna; de amerikanske jomfruøyene; \
            yhdysvaltain neitsytsaaret; amerikanische jungferninseln
        VN VNM | vietnam
        VU VUT | vanuatu
        WF WLF | wallis & futuna; wallis og futuna; wallis ja futuna; wallis und futuna
        WS WSM | samoa
        YE YEM | yemen; jemen
        YT MYT | mayotte
        ZA ZAF | south africa; sydafrika; sør-afrika; etelä-afrikka; südafrika
        ZM ZMB | zambia; sambia
        ZW ZWE | zimbabwe; simbabwe
        """
}
