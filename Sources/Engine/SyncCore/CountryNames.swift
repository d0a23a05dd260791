extension Country {
    /// One country: its two codes and every name it is known by here, in all languages together.
    struct Entry: Sendable {
        let alpha2: String
        let alpha3: String
        /// Names by language in the order of ``languages``; a column that is empty has no name in that language.
        let names: [[String]]
    }

    /// The columns of the table. A row gives either all of them or, for a far-away country, the first only.
    static let languages = ["English", "Danish", "Swedish", "Norwegian", "Finnish", "German"]

    static let entries: [Entry] = [europe, asia, africa, americas, oceania].flatMap { $0.split(separator: "\n").map(entry) }

    /// Reads `DK DNK | Denmark | Danmark | …`, where `;` stands between two names of one language.
    private static func entry(_ row: Substring) -> Entry {
        let columns = row.split(separator: "|").map { $0.split(separator: ";").map(trimmed) }
        let codes = columns.first?.first?.split(separator: " ").map(String.init) ?? []
        precondition(
            codes.count == 2 && (columns.count == 2 || columns.count == languages.count + 1),
            "country table: the row \"\(row)\" needs two codes, then one column or one for every language")
        return Entry(alpha2: codes[0], alpha3: codes[1], names: Array(columns.dropFirst()))
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }

    // The names are those that people write on orders: the usual name, the short one, and the official one where it is
    // short enough to be typed. Left out on purpose are names that do not say which country is meant: Congo, Korea,
    // Virgin Islands, America. Kosovo is absent because ISO 3166-1 gives it no code.

    private static let europe = """
        AD AND | Andorra | Andorra | Andorra | Andorra | Andorra | Andorra
        AL ALB | Albania | Albanien | Albanien | Albania | Albania | Albanien
        AT AUT | Austria | Østrig | Österrike | Østerrike; Austerrike | Itävalta | Österreich
        AX ALA | Åland Islands; Åland | Åland; Ålandsøerne | Åland | Åland | Ahvenanmaa | Åland; Ålandinseln
        BA BIH | Bosnia and Herzegovina; Bosnia-Herzegovina; Bosnia | Bosnien-Hercegovina; Bosnien og Hercegovina; Bosnien \
            | Bosnien-Hercegovina; Bosnien och Hercegovina; Bosnien | Bosnia-Hercegovina; Bosnia og Hercegovina; Bosnia \
            | Bosnia-Hertsegovina; Bosnia ja Hertsegovina; Bosnia | Bosnien-Herzegowina; Bosnien und Herzegowina; Bosnien
        BE BEL | Belgium | Belgien | Belgien | Belgia | Belgia | Belgien
        BG BGR | Bulgaria | Bulgarien | Bulgarien | Bulgaria | Bulgaria | Bulgarien
        BY BLR | Belarus; White Russia | Belarus; Hviderusland | Belarus; Vitryssland | Belarus; Hviterussland; Kviterussland \
            | Belarus; Valko-Venäjä | Belarus; Weißrussland
        CH CHE | Switzerland; Swiss Confederation | Schweiz | Schweiz | Sveits | Sveitsi | Schweiz
        CY CYP | Cyprus | Cypern | Cypern | Kypros | Kypros | Zypern
        CZ CZE | Czechia; Czech Republic | Tjekkiet; Den Tjekkiske Republik | Tjeckien; Tjeckiska republiken \
            | Tsjekkia; Den tsjekkiske republikk | Tšekki; Tšekin tasavalta; Tshekki | Tschechien; Tschechische Republik
        DE DEU | Germany; Federal Republic of Germany | Tyskland; Forbundsrepublikken Tyskland \
            | Tyskland; Förbundsrepubliken Tyskland | Tyskland; Forbundsrepublikken Tyskland \
            | Saksa; Saksan liittotasavalta | Deutschland; Bundesrepublik Deutschland
        DK DNK | Denmark; Kingdom of Denmark | Danmark; Kongeriget Danmark | Danmark; Konungariket Danmark \
            | Danmark; Kongeriket Danmark | Tanska; Tanskan kuningaskunta | Dänemark; Königreich Dänemark
        EE EST | Estonia | Estland | Estland | Estland | Viro; Eesti | Estland
        ES ESP | Spain; Kingdom of Spain | Spanien | Spanien | Spania | Espanja | Spanien
        FI FIN | Finland; Republic of Finland | Finland | Finland | Finland | Suomi; Suomen tasavalta | Finnland
        FO FRO | Faroe Islands; Faeroe Islands; Faroes | Færøerne | Färöarna | Færøyene; Færøyane | Färsaaret \
            | Färöer; Färöer-Inseln
        FR FRA | France; French Republic | Frankrig | Frankrike | Frankrike | Ranska | Frankreich
        GB GBR | United Kingdom; UK; Great Britain; Britain; England; Scotland; Wales; Northern Ireland; \
            United Kingdom of Great Britain and Northern Ireland \
            | Storbritannien; Det Forenede Kongerige; Skotland; Nordirland | Storbritannien; Förenade kungariket; Skottland; \
            Nordirland | Storbritannia; Det forente kongerike; Skottland; Nord-Irland \
            | Iso-Britannia; Britannia; Yhdistynyt kuningaskunta; Englanti; Skotlanti; Pohjois-Irlanti \
            | Großbritannien; Vereinigtes Königreich; Schottland; Nordirland
        GG GGY | Guernsey | Guernsey | Guernsey | Guernsey | Guernsey | Guernsey
        GI GIB | Gibraltar | Gibraltar | Gibraltar | Gibraltar | Gibraltar | Gibraltar
        GR GRC | Greece; Hellas; Hellenic Republic | Grækenland | Grekland | Hellas; Grekenland | Kreikka | Griechenland
        HR HRV | Croatia | Kroatien | Kroatien | Kroatia | Kroatia | Kroatien
        HU HUN | Hungary | Ungarn | Ungern | Ungarn | Unkari | Ungarn
        IE IRL | Ireland; Republic of Ireland; Eire | Irland; Republikken Irland | Irland; Republiken Irland \
            | Irland; Republikken Irland | Irlanti; Irlannin tasavalta | Irland; Republik Irland
        IM IMN | Isle of Man | Isle of Man; Øen Man | Isle of Man | Man; Isle of Man | Mansaari | Isle of Man; Insel Man
        IS ISL | Iceland | Island | Island | Island | Islanti | Island
        IT ITA | Italy | Italien | Italien | Italia | Italia | Italien
        JE JEY | Jersey | Jersey | Jersey | Jersey | Jersey | Jersey
        LI LIE | Liechtenstein | Liechtenstein | Liechtenstein | Liechtenstein | Liechtenstein | Liechtenstein
        LT LTU | Lithuania | Litauen | Litauen | Litauen | Liettua | Litauen
        LU LUX | Luxembourg; Luxemburg | Luxembourg | Luxemburg | Luxembourg; Luxemburg | Luxemburg | Luxemburg
        LV LVA | Latvia | Letland | Lettland | Latvia | Latvia | Lettland
        MC MCO | Monaco | Monaco | Monaco | Monaco | Monaco | Monaco
        MD MDA | Moldova; Republic of Moldova; Moldova, Republic of | Moldova; Moldavien | Moldavien; Moldova | Moldova \
            | Moldova | Moldau; Moldawien; Republik Moldau
        ME MNE | Montenegro | Montenegro | Montenegro | Montenegro | Montenegro | Montenegro
        MK MKD | North Macedonia; Macedonia | Nordmakedonien; Makedonien | Nordmakedonien; Makedonien \
            | Nord-Makedonia; Makedonia | Pohjois-Makedonia; Makedonia | Nordmazedonien; Mazedonien
        MT MLT | Malta | Malta | Malta | Malta | Malta | Malta
        NL NLD | Netherlands; Holland | Nederlandene; Holland | Nederländerna; Holland | Nederland; Holland \
            | Alankomaat; Hollanti | Niederlande; Holland
        NO NOR | Norway; Kingdom of Norway | Norge; Kongeriget Norge | Norge; Konungariket Norge \
            | Norge; Noreg; Kongeriket Norge; Kongeriket Noreg | Norja; Norjan kuningaskunta | Norwegen; Königreich Norwegen
        PL POL | Poland | Polen | Polen | Polen | Puola | Polen
        PT PRT | Portugal | Portugal | Portugal | Portugal | Portugali | Portugal
        RO ROU | Romania | Rumænien | Rumänien | Romania | Romania | Rumänien
        RS SRB | Serbia | Serbien | Serbien | Serbia | Serbia | Serbien
        RU RUS | Russia; Russian Federation | Rusland; Den Russiske Føderation \
            | Ryssland; Ryska federationen | Russland; Den russiske føderasjon | Venäjä; Venäjän federaatio \
            | Russland; Rußland; Russische Föderation
        SE SWE | Sweden; Kingdom of Sweden | Sverige; Kongeriget Sverige | Sverige; Konungariket Sverige \
            | Sverige; Kongeriket Sverige | Ruotsi; Ruotsin kuningaskunta | Schweden; Königreich Schweden
        SI SVN | Slovenia | Slovenien | Slovenien | Slovenia | Slovenia | Slowenien
        SJ SJM | Svalbard and Jan Mayen; Svalbard; Jan Mayen | Svalbard og Jan Mayen; Svalbard | Svalbard och Jan Mayen \
            | Svalbard og Jan Mayen; Svalbard | Svalbard ja Jan Mayen; Huippuvuoret | Svalbard und Jan Mayen; Spitzbergen
        SK SVK | Slovakia; Slovak Republic | Slovakiet | Slovakien | Slovakia | Slovakia | Slowakei; Slowakische Republik
        SM SMR | San Marino | San Marino | San Marino | San Marino | San Marino | San Marino
        UA UKR | Ukraine | Ukraine | Ukraina | Ukraina | Ukraina | Ukraine
        VA VAT | Vatican City; Holy See; Vatican; Vatican City State; Holy See (Vatican City State) \
            | Vatikanstaten; Vatikanet; Vatikanbyen | Vatikanstaten | Vatikanstaten; Vatikanet | Vatikaani; Vatikaanivaltio \
            | Vatikanstadt; Vatikan
        """

    private static let asia = """
        AE ARE | United Arab Emirates; UAE; Emirates; Dubai; Abu Dhabi \
            | De Forenede Arabiske Emirater; Forenede Arabiske Emirater; Emiraterne | Förenade Arabemiraten; Emiraten \
            | De forente arabiske emirater; Forente arabiske emirater; Emiratene \
            | Yhdistyneet arabiemiirikunnat; Arabiemiirikunnat; Arabiemiraatit | Vereinigte Arabische Emirate; VAE
        AF AFG | Afghanistan | Afghanistan | Afghanistan | Afghanistan | Afganistan | Afghanistan
        AM ARM | Armenia | Armenien | Armenien | Armenia | Armenia | Armenien
        AZ AZE | Azerbaijan | Aserbajdsjan | Azerbajdzjan | Aserbajdsjan | Azerbaidžan; Azerbaidzhan | Aserbaidschan
        BD BGD | Bangladesh | Bangladesh | Bangladesh | Bangladesh | Bangladesh | Bangladesch
        BH BHR | Bahrain | Bahrain | Bahrain | Bahrain | Bahrain | Bahrain
        BN BRN | Brunei; Brunei Darussalam | Brunei | Brunei | Brunei | Brunei | Brunei
        BT BTN | Bhutan | Bhutan | Bhutan | Bhutan | Bhutan | Bhutan
        CN CHN | China; People's Republic of China | Kina; Folkerepublikken Kina | Kina; Folkrepubliken Kina \
            | Kina; Folkerepublikken Kina | Kiina; Kiinan kansantasavalta | China; Volksrepublik China
        GE GEO | Georgia | Georgien | Georgien | Georgia | Georgia | Georgien
        HK HKG | Hong Kong; Hongkong; Hong Kong SAR | Hongkong; Hong Kong | Hongkong; Hong Kong | Hongkong; Hong Kong \
            | Hongkong; Hong Kong | Hongkong; Hong Kong
        ID IDN | Indonesia | Indonesien | Indonesien | Indonesia | Indonesia | Indonesien
        IL ISR | Israel | Israel | Israel | Israel | Israel | Israel
        IN IND | India | Indien | Indien | India | Intia | Indien
        IQ IRQ | Iraq | Irak | Irak | Irak | Irak | Irak
        IR IRN | Iran; Iran, Islamic Republic of; Islamic Republic of Iran | Iran | Iran | Iran | Iran | Iran
        JO JOR | Jordan | Jordan | Jordanien | Jordan | Jordania | Jordanien
        JP JPN | Japan | Japan | Japan | Japan | Japani | Japan
        KG KGZ | Kyrgyzstan | Kirgisistan | Kirgizistan | Kirgisistan | Kirgisia | Kirgisistan; Kirgistan
        KH KHM | Cambodia | Cambodja | Kambodja | Kambodsja | Kambodža; Kambodzha | Kambodscha
        KP PRK | North Korea; Korea, North; Democratic People's Republic of Korea; Korea, Democratic People's Republic of \
            | Nordkorea | Nordkorea | Nord-Korea | Pohjois-Korea | Nordkorea
        KR KOR | South Korea; Korea, South; Republic of Korea; Korea, Republic of | Sydkorea; Republikken Korea \
            | Sydkorea; Republiken Korea | Sør-Korea; Republikken Korea | Etelä-Korea; Korean tasavalta \
            | Südkorea; Republik Korea
        KW KWT | Kuwait | Kuwait | Kuwait | Kuwait | Kuwait | Kuwait
        KZ KAZ | Kazakhstan | Kasakhstan | Kazakstan | Kasakhstan | Kazakstan | Kasachstan
        LA LAO | Laos; Lao People's Democratic Republic | Laos | Laos | Laos | Laos | Laos
        LB LBN | Lebanon | Libanon | Libanon | Libanon | Libanon | Libanon
        LK LKA | Sri Lanka | Sri Lanka | Sri Lanka | Sri Lanka | Sri Lanka | Sri Lanka
        MM MMR | Myanmar; Burma | Myanmar; Burma | Myanmar; Burma | Myanmar; Burma | Myanmar; Burma | Myanmar; Birma
        MN MNG | Mongolia | Mongoliet | Mongoliet | Mongolia | Mongolia | Mongolei
        MO MAC | Macao; Macau; Macao SAR | Macao; Macau | Macao; Macau | Macao; Macau | Macao; Macau | Macau; Macao
        MV MDV | Maldives | Maldiverne | Maldiverna | Maldivene | Malediivit | Malediven
        MY MYS | Malaysia | Malaysia | Malaysia | Malaysia | Malesia | Malaysia
        NP NPL | Nepal | Nepal | Nepal | Nepal | Nepal | Nepal
        OM OMN | Oman | Oman | Oman | Oman | Oman | Oman
        PH PHL | Philippines | Filippinerne | Filippinerna | Filippinene | Filippiinit | Philippinen
        PK PAK | Pakistan | Pakistan | Pakistan | Pakistan | Pakistan | Pakistan
        PS PSE | Palestine; Palestine, State of; State of Palestine; Palestinian Territories | Palæstina | Palestina \
            | Palestina | Palestiina; Palestiinalaisalue | Palästina
        QA QAT | Qatar | Qatar | Qatar | Qatar | Qatar | Katar
        SA SAU | Saudi Arabia; Kingdom of Saudi Arabia | Saudi-Arabien | Saudiarabien | Saudi-Arabia | Saudi-Arabia \
            | Saudi-Arabien
        SG SGP | Singapore | Singapore | Singapore | Singapore | Singapore | Singapur
        SY SYR | Syria; Syrian Arab Republic | Syrien | Syrien | Syria | Syyria | Syrien
        TH THA | Thailand | Thailand | Thailand | Thailand | Thaimaa | Thailand
        TJ TJK | Tajikistan | Tadsjikistan | Tadzjikistan | Tadsjikistan | Tadžikistan; Tadzhikistan | Tadschikistan
        TL TLS | Timor-Leste; East Timor | Timor-Leste; Østtimor | Östtimor; Timor-Leste | Øst-Timor; Timor-Leste \
            | Itä-Timor; Timor-Leste | Osttimor; Timor-Leste
        TM TKM | Turkmenistan | Turkmenistan | Turkmenistan | Turkmenistan | Turkmenistan | Turkmenistan
        TR TUR | Turkey; Türkiye; Republic of Türkiye; Republic of Turkey | Tyrkiet | Turkiet | Tyrkia | Turkki | Türkei
        TW TWN | Taiwan; Taiwan, Province of China; Republic of China | Taiwan | Taiwan | Taiwan | Taiwan | Taiwan
        UZ UZB | Uzbekistan | Usbekistan | Uzbekistan | Usbekistan | Uzbekistan | Usbekistan
        VN VNM | Vietnam; Viet Nam; Socialist Republic of Vietnam | Vietnam | Vietnam | Vietnam | Vietnam | Vietnam
        YE YEM | Yemen | Yemen | Jemen | Jemen | Jemen | Jemen
        """

    private static let africa = """
        AO AGO | Angola | Angola | Angola | Angola | Angola | Angola
        BF BFA | Burkina Faso
        BI BDI | Burundi
        BJ BEN | Benin
        BW BWA | Botswana | Botswana | Botswana | Botswana | Botswana | Botswana; Botsuana
        CD COD | Democratic Republic of the Congo; Congo, Democratic Republic of the; \
            Congo, The Democratic Republic of the; DR Congo; Congo-Kinshasa \
            | Den Demokratiske Republik Congo; DR Congo; Congo-Kinshasa \
            | Demokratiska republiken Kongo; Kongo-Kinshasa | Den demokratiske republikken Kongo; DR Kongo; Kongo-Kinshasa \
            | Kongon demokraattinen tasavalta; Kongo-Kinshasa | Demokratische Republik Kongo; DR Kongo; Kongo-Kinshasa
        CF CAF | Central African Republic | Den Centralafrikanske Republik | Centralafrikanska republiken \
            | Den sentralafrikanske republikk | Keski-Afrikan tasavalta | Zentralafrikanische Republik
        CG COG | Republic of the Congo; Congo, Republic of the; Congo-Brazzaville | Republikken Congo; Congo-Brazzaville \
            | Republiken Kongo; Kongo-Brazzaville | Republikken Kongo; Kongo-Brazzaville \
            | Kongon tasavalta; Kongo-Brazzaville | Republik Kongo; Kongo-Brazzaville
        CI CIV | Côte d'Ivoire; Ivory Coast | Elfenbenskysten | Elfenbenskusten | Elfenbenskysten \
            | Norsunluurannikko | Elfenbeinküste
        CM CMR | Cameroon | Cameroun | Kamerun | Kamerun | Kamerun | Kamerun
        CV CPV | Cape Verde; Cabo Verde | Kap Verde | Kap Verde | Kapp Verde | Kap Verde | Kap Verde; Cabo Verde
        DJ DJI | Djibouti | Djibouti | Djibouti | Djibouti | Djibouti | Dschibuti; Djibouti
        DZ DZA | Algeria | Algeriet | Algeriet | Algerie | Algeria | Algerien
        EG EGY | Egypt | Egypten; Ægypten | Egypten | Egypt | Egypti | Ägypten
        EH ESH | Western Sahara | Vestsahara | Västsahara | Vest-Sahara | Länsi-Sahara | Westsahara
        ER ERI | Eritrea
        ET ETH | Ethiopia | Etiopien | Etiopien | Etiopia | Etiopia | Äthiopien
        GA GAB | Gabon | Gabon | Gabon | Gabon | Gabon | Gabun
        GH GHA | Ghana | Ghana | Ghana | Ghana | Ghana | Ghana
        GM GMB | Gambia | Gambia | Gambia | Gambia | Gambia | Gambia
        GN GIN | Guinea
        GQ GNQ | Equatorial Guinea | Ækvatorialguinea | Ekvatorialguinea | Ekvatorial-Guinea | Päiväntasaajan Guinea \
            | Äquatorialguinea
        GW GNB | Guinea-Bissau
        KE KEN | Kenya | Kenya | Kenya | Kenya | Kenia | Kenia
        KM COM | Comoros | Comorerne | Komorerna | Komorene | Komorit | Komoren
        LR LBR | Liberia
        LS LSO | Lesotho
        LY LBY | Libya | Libyen | Libyen | Libya | Libya | Libyen
        MA MAR | Morocco | Marokko | Marocko | Marokko | Marokko | Marokko
        MG MDG | Madagascar | Madagaskar | Madagaskar | Madagaskar | Madagaskar | Madagaskar
        ML MLI | Mali
        MR MRT | Mauritania | Mauretanien | Mauretanien | Mauritania | Mauritania | Mauretanien
        MU MUS | Mauritius | Mauritius | Mauritius | Mauritius | Mauritius | Mauritius
        MW MWI | Malawi
        MZ MOZ | Mozambique | Mozambique | Moçambique | Mosambik | Mosambik | Mosambik
        NA NAM | Namibia | Namibia | Namibia | Namibia | Namibia | Namibia
        NE NER | Niger
        NG NGA | Nigeria | Nigeria | Nigeria | Nigeria | Nigeria | Nigeria
        RE REU | Réunion
        RW RWA | Rwanda | Rwanda | Rwanda | Rwanda | Ruanda | Ruanda
        SC SYC | Seychelles | Seychellerne | Seychellerna | Seychellene | Seychellit | Seychellen
        SD SDN | Sudan | Sudan | Sudan | Sudan | Sudan | Sudan
        SH SHN | Saint Helena, Ascension and Tristan da Cunha; Saint Helena; Ascension Island; Tristan da Cunha
        SL SLE | Sierra Leone
        SN SEN | Senegal | Senegal | Senegal | Senegal | Senegal | Senegal
        SO SOM | Somalia | Somalia | Somalia | Somalia | Somalia | Somalia
        SS SSD | South Sudan | Sydsudan | Sydsudan | Sør-Sudan | Etelä-Sudan | Südsudan
        ST STP | São Tomé and Príncipe
        SZ SWZ | Eswatini; Swaziland | Eswatini; Swaziland | Eswatini; Swaziland | Eswatini; Swaziland \
            | Eswatini; Swazimaa | Eswatini; Swasiland
        TD TCD | Chad | Tchad | Tchad | Tsjad | Tšad; Tshad | Tschad
        TG TGO | Togo
        TN TUN | Tunisia | Tunesien | Tunisien | Tunisia | Tunisia | Tunesien
        TZ TZA | Tanzania; Tanzania, United Republic of; United Republic of Tanzania | Tanzania | Tanzania | Tanzania \
            | Tansania | Tansania
        UG UGA | Uganda | Uganda | Uganda | Uganda | Uganda | Uganda
        YT MYT | Mayotte
        ZA ZAF | South Africa; Republic of South Africa | Sydafrika | Sydafrika | Sør-Afrika | Etelä-Afrikka | Südafrika
        ZM ZMB | Zambia | Zambia | Zambia | Zambia | Sambia | Sambia
        ZW ZWE | Zimbabwe | Zimbabwe | Zimbabwe | Zimbabwe | Zimbabwe | Simbabwe
        """

    private static let americas = """
        AG ATG | Antigua and Barbuda
        AI AIA | Anguilla
        AR ARG | Argentina | Argentina | Argentina | Argentina | Argentiina | Argentinien
        AW ABW | Aruba
        BB BRB | Barbados
        BL BLM | Saint Barthélemy; Saint Barts
        BM BMU | Bermuda
        BO BOL | Bolivia; Bolivia, Plurinational State of; Plurinational State of Bolivia | Bolivia | Bolivia | Bolivia \
            | Bolivia | Bolivien
        BQ BES | Bonaire, Sint Eustatius and Saba; Caribbean Netherlands; Bonaire; Sint Eustatius; Saba | Caribisk Nederland \
            | Karibiska Nederländerna | Karibisk Nederland | Karibian Alankomaat | Karibische Niederlande
        BR BRA | Brazil | Brasilien | Brasilien | Brasil | Brasilia | Brasilien
        BS BHS | Bahamas | Bahamas | Bahamas | Bahamas | Bahama; Bahamasaaret | Bahamas
        BV BVT | Bouvet Island | Bouvetøen | Bouvetön | Bouvetøya | Bouvet'nsaari; Bouvetinsaari | Bouvetinsel
        BZ BLZ | Belize
        CA CAN | Canada | Canada | Kanada | Canada | Kanada | Kanada
        CL CHL | Chile | Chile | Chile | Chile | Chile | Chile
        CO COL | Colombia | Colombia | Colombia | Colombia | Kolumbia | Kolumbien
        CR CRI | Costa Rica | Costa Rica | Costa Rica | Costa Rica | Costa Rica | Costa Rica
        CU CUB | Cuba | Cuba | Kuba | Cuba | Kuuba | Kuba
        CW CUW | Curaçao
        DM DMA | Dominica
        DO DOM | Dominican Republic | Den Dominikanske Republik | Dominikanska republiken \
            | Den dominikanske republikk | Dominikaaninen tasavalta | Dominikanische Republik
        EC ECU | Ecuador | Ecuador | Ecuador | Ecuador | Ecuador | Ecuador
        FK FLK | Falkland Islands; Falkland Islands (Malvinas); Falklands | Falklandsøerne | Falklandsöarna \
            | Falklandsøyene | Falklandinsaaret | Falklandinseln
        GD GRD | Grenada
        GF GUF | French Guiana | Fransk Guyana | Franska Guyana | Fransk Guyana | Ranskan Guayana | Französisch-Guayana
        GL GRL | Greenland | Grønland; Kalaallit Nunaat | Grönland | Grønland | Grönlanti | Grönland
        GP GLP | Guadeloupe
        GS SGS | South Georgia and the South Sandwich Islands; South Georgia and South Sandwich Islands; South Georgia \
            | South Georgia og De Sydlige Sandwichøer | Sydgeorgien och Sydsandwichöarna \
            | Sør-Georgia og Sør-Sandwichøyene | Etelä-Georgia ja Eteläiset Sandwichinsaaret \
            | Südgeorgien und die Südlichen Sandwichinseln
        GT GTM | Guatemala | Guatemala | Guatemala | Guatemala | Guatemala | Guatemala
        GY GUY | Guyana
        HN HND | Honduras | Honduras | Honduras | Honduras | Honduras | Honduras
        HT HTI | Haiti
        JM JAM | Jamaica | Jamaica | Jamaica | Jamaica | Jamaika | Jamaika
        KN KNA | Saint Kitts and Nevis; Saint Kitts; Nevis
        KY CYM | Cayman Islands | Caymanøerne | Caymanöarna | Caymanøyene | Caymansaaret | Kaimaninseln
        LC LCA | Saint Lucia
        MF MAF | Saint Martin; Saint Martin (French part)
        MQ MTQ | Martinique
        MS MSR | Montserrat
        MX MEX | Mexico | Mexico | Mexiko | Mexico | Meksiko | Mexiko
        NI NIC | Nicaragua | Nicaragua | Nicaragua | Nicaragua | Nicaragua | Nicaragua
        PA PAN | Panama | Panama | Panama | Panama | Panama | Panama
        PE PER | Peru | Peru | Peru | Peru | Peru | Peru
        PM SPM | Saint Pierre and Miquelon
        PR PRI | Puerto Rico | Puerto Rico | Puerto Rico | Puerto Rico | Puerto Rico | Puerto Rico
        PY PRY | Paraguay | Paraguay | Paraguay | Paraguay | Paraguay | Paraguay
        SR SUR | Suriname; Surinam
        SV SLV | El Salvador | El Salvador | El Salvador | El Salvador | El Salvador | El Salvador
        SX SXM | Sint Maarten; Sint Maarten (Dutch part)
        TC TCA | Turks and Caicos Islands | Turks- og Caicosøerne | Turks- och Caicosöarna \
            | Turks- og Caicosøyene | Turks- ja Caicossaaret | Turks- und Caicosinseln
        TT TTO | Trinidad and Tobago; Trinidad; Tobago
        US USA | United States; United States of America \
            | De Forenede Stater; Forenede Stater; Amerikas Forenede Stater; USA \
            | Förenta staterna; Amerikas förenta stater; USA \
            | De forente stater; Forente stater; Amerikas forente stater; USA | Yhdysvallat; Amerikan yhdysvallat; USA \
            | Vereinigte Staaten; Vereinigte Staaten von Amerika; USA
        UY URY | Uruguay | Uruguay | Uruguay | Uruguay | Uruguay | Uruguay
        VC VCT | Saint Vincent and the Grenadines; Saint Vincent and Grenadines; Saint Vincent | Saint Vincent og Grenadinerne \
            | Saint Vincent och Grenadinerna | Saint Vincent og Grenadinene | Saint Vincent ja Grenadiinit \
            | Saint Vincent und die Grenadinen
        VE VEN | Venezuela; Venezuela, Bolivarian Republic of; Bolivarian Republic of Venezuela | Venezuela | Venezuela \
            | Venezuela | Venezuela | Venezuela
        VG VGB | British Virgin Islands; Virgin Islands (British) | De Britiske Jomfruøer | Brittiska Jungfruöarna \
            | De britiske jomfruøyene | Brittiläiset Neitsytsaaret | Britische Jungferninseln
        VI VIR | United States Virgin Islands; US Virgin Islands; Virgin Islands (US) | De Amerikanske Jomfruøer \
            | Amerikanska Jungfruöarna | De amerikanske jomfruøyene | Yhdysvaltain Neitsytsaaret \
            | Amerikanische Jungferninseln
        """

    private static let oceania = """
        AQ ATA | Antarctica | Antarktis | Antarktis | Antarktis | Antarktis; Etelämanner | Antarktis
        AS ASM | American Samoa | Amerikansk Samoa | Amerikanska Samoa | Amerikansk Samoa | Amerikan Samoa \
            | Amerikanisch-Samoa
        AU AUS | Australia | Australien | Australien | Australia | Australia | Australien
        CC CCK | Cocos (Keeling) Islands; Cocos Islands; Keeling Islands | Cocosøerne | Kokosöarna | Kokosøyene \
            | Kookossaaret | Kokosinseln
        CK COK | Cook Islands | Cookøerne | Cooköarna | Cookøyene | Cookinsaaret | Cookinseln
        CX CXR | Christmas Island | Juleøen | Julön | Christmasøya | Joulusaari | Weihnachtsinsel
        FJ FJI | Fiji | Fiji | Fiji | Fiji | Fidži; Fidzhi | Fidschi
        FM FSM | Micronesia; Federated States of Micronesia; Micronesia, Federated States of | Mikronesien | Mikronesien \
            | Mikronesia; Mikronesiaføderasjonen | Mikronesia | Mikronesien
        GU GUM | Guam
        HM HMD | Heard Island and McDonald Islands; Heard and McDonald Islands | Heard- og McDonaldøerne \
            | Heardön och McDonaldöarna | Heard- og McDonaldøyene | Heard ja McDonaldinsaaret | Heard und McDonaldinseln
        IO IOT | British Indian Ocean Territory; Chagos Archipelago
        KI KIR | Kiribati
        MH MHL | Marshall Islands | Marshalløerne | Marshallöarna | Marshalløyene | Marshallinsaaret | Marshallinseln
        MP MNP | Northern Mariana Islands; Northern Marianas | Nordmarianerne | Nordmarianerna | Nord-Marianene \
            | Pohjois-Mariaanit | Nördliche Marianen
        NC NCL | New Caledonia | Ny Kaledonien | Nya Kaledonien | Ny-Caledonia | Uusi-Kaledonia | Neukaledonien
        NF NFK | Norfolk Island | Norfolkøen | Norfolkön | Norfolkøya | Norfolkinsaari | Norfolkinsel
        NR NRU | Nauru
        NU NIU | Niue
        NZ NZL | New Zealand | New Zealand | Nya Zeeland | New Zealand; Ny-Zealand | Uusi-Seelanti | Neuseeland
        PF PYF | French Polynesia; Tahiti | Fransk Polynesien | Franska Polynesien | Fransk Polynesia | Ranskan Polynesia \
            | Französisch-Polynesien
        PG PNG | Papua New Guinea | Papua Ny Guinea | Papua Nya Guinea | Papua Ny-Guinea \
            | Papua-Uusi-Guinea | Papua-Neuguinea
        PN PCN | Pitcairn; Pitcairn Islands | Pitcairnøerne | Pitcairnöarna | Pitcairnøyene | Pitcairninsaaret | Pitcairninseln
        PW PLW | Palau
        SB SLB | Solomon Islands | Salomonøerne | Salomonöarna | Salomonøyene | Salomonsaaret | Salomonen
        TF ATF | French Southern Territories; French Southern and Antarctic Lands
        TK TKL | Tokelau
        TO TON | Tonga
        TV TUV | Tuvalu
        UM UMI | United States Minor Outlying Islands; US Minor Outlying Islands
        VU VUT | Vanuatu
        WF WLF | Wallis and Futuna
        WS WSM | Samoa; Western Samoa
        """
}
