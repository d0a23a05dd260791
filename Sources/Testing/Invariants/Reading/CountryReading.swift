/// The invariants' own reading of countries: the codes that exist, and the names of usual countries in the languages of the
/// mapping.
enum CountryReading {
    /// Whether a code (`nil`: none) is right for a country in words.
    ///
    /// The engine may know a name that is not in the table below: then any existing code is right, and none as well.
    static func code(isRight code: String?, for country: String) -> Bool {
        if let expected = self.code(of: country) { return code == expected }
        return code.map { codes.contains($0) } ?? true
    }

    static func code(of country: String) -> String? {
        let plain = country.lowercased()
        if plain.utf8.count == 2, codes.contains(plain.uppercased()) { return plain.uppercased() }
        return names.first { $0.names.contains(plain) }?.code
    }

    /// ISO 3166-1 alpha-2.
    private static let codes = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD \
        CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
        GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
        KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
        NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI \
        SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
        VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init))

    /// English, Danish, Swedish, Norwegian, Finnish, German; in lower case, equal names once.
    private static let names: [(code: String, names: [String])] = [
        ("DK", ["denmark", "danmark", "tanska", "dänemark"]),
        ("SE", ["sweden", "sverige", "ruotsi", "schweden"]),
        ("NO", ["norway", "norge", "norja", "norwegen"]),
        ("FI", ["finland", "suomi", "finnland"]),
        ("DE", ["germany", "tyskland", "saksa", "deutschland"]),
        ("IS", ["iceland", "island", "islanti"]),
        ("FO", ["faroe islands", "færøerne", "färöarna", "færøyene", "färsaaret", "färöer"]),
        ("GL", ["greenland", "grønland", "grönland", "grönlanti"]),
        ("NL", ["netherlands", "the netherlands", "nederlandene", "nederländerna", "nederland", "alankomaat", "niederlande"]),
        ("BE", ["belgium", "belgien", "belgia"]),
        ("LU", ["luxembourg", "luxemburg"]),
        ("FR", ["france", "frankrig", "frankrike", "ranska", "frankreich"]),
        ("ES", ["spain", "spanien", "spania", "espanja"]),
        ("PT", ["portugal", "portugali"]),
        ("IT", ["italy", "italien", "italia"]),
        ("AT", ["austria", "østrig", "österrike", "østerrike", "itävalta", "österreich"]),
        ("CH", ["switzerland", "schweiz", "sveits", "sveitsi"]),
        ("PL", ["poland", "polen", "puola"]),
        ("CZ", ["czechia", "czech republic", "tjekkiet", "tjeckien", "tsjekkia", "tšekki", "tschechien"]),
        ("SK", ["slovakia", "slovakiet", "slovakien", "slowakei"]),
        ("HU", ["hungary", "ungarn", "ungern", "unkari"]),
        ("EE", ["estonia", "estland", "viro"]),
        ("LV", ["latvia", "letland", "lettland"]),
        ("LT", ["lithuania", "litauen", "liettua"]),
        ("IE", ["ireland", "irland", "irlanti"]),
        ("GB", ["united kingdom", "great britain", "storbritannien", "storbritannia", "iso-britannia", "großbritannien"]),
        ("GR", ["greece", "grækenland", "grekland", "hellas", "kreikka", "griechenland"]),
        ("HR", ["croatia", "kroatien", "kroatia"]),
        ("RO", ["romania", "rumænien", "rumänien"]),
        ("BG", ["bulgaria", "bulgarien"]),
        ("US", ["united states", "usa", "united states of america", "yhdysvallat", "vereinigte staaten"]),
        ("CA", ["canada", "kanada"]),
        ("CN", ["china", "kina", "kiina"]),
        ("JP", ["japan", "japani"]),
        ("AU", ["australia", "australien"]),
    ]
}
