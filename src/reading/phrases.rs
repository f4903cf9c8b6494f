//! The words by which a page speaks to its reader, in the languages that news is read in: consent, sign-up and paywall
//! notices, headings over other stories, readers' talk.
//!
//! Each is a turn of phrase that reporting does not use, such as an order to the reader or "our" beside "cookies"; a
//! single word such as the one for cookies is in the news too. What may stand between two parts of a phrase is the rest of
//! its sentence, not so and so many characters, for those cannot be counted fast. Patterns of whole lines are anchored where
//! they are used.

/// Parts of lines.
pub const NOTICES: &[&str] = &[
    // English
    r"^(?:©|\(c\) ?\d{4}|copyright\b[^.!?]*\d{4})",
    r"\ball rights reserved\b",
    r"\b(?:may|must) not be (?:published|reproduced|copied)[^.!?]*(?:broadcast|rewritten|redistributed|permission|consent)",
    r"\b(?:we|our|this site|this website|you|your)\b[^.!?]*\bcookies\b[^.!?]*(?:\b(?:use|site|website|experience|polic(?:y|ies)|consent|settings|browser|marketing|analy[sz]e)\b)",
    r"\b(?:we|this (?:web)?site)(?: and (?:our|its) [^.!?]*partners)? (?:use|uses|set|sets|store|stores|place|places)\b[^.!?]*\bcookies\b",
    r"\bthis (?:web)?site(?: and the [^.!?]* that work with it)? (?:uses|stores|collects|places|keeps?|asks for)\b[^.!?]*\b(?:cookies|small files|your|consent)\b|\bour (?:web)?site (?:uses|stores|places) ",
    r"\b(?:small files|information|data|identifiers) (?:are stored |is stored )?on (?:your|a) (?:device|computer|phone|telephone|browser)\b",
    r"\bwe and our [^.!?]*(?:partners|vendors)\b[^.!?]*\b(?:cookies|data|information|devices?|consent)\b|\bwe (?:value your privacy|care about your privacy|need your consent|ask for your consent)\b|\bwe process your (?:personal )?data\b",
    r"\byour (?:privacy choices|cookie (?:settings|preferences)|consent (?:at any time|choices|preferences))\b|\b(?:withdraw|change|manage) your (?:consent|choices?|preferences|mind at any time)\b|“your choices”",
    r"\bif you (?:say yes|agree|accept|consent|say no|refuse|decline|do not agree)\b[^.!?]*\b(?:we|our|you|partners|firms)\b",
    r"(?:^|[.!?:|–—] ?)(?:please )?(?:sign up|subscribe|register)\b[^.!?]*\b(?:newsletters?|inbox|briefing|alerts|updates|letter)\b",
    r"\b(?:you|your|our)\b[^.!?]*\b(?:sign up|subscribe|register)\b[^.!?]*\b(?:newsletters?|inbox|briefing|alerts|updates)\b",
    r"\b(?:in|to|straight to|into) your (?:inbox|mailbox|e-?mail)\b",
    r"(?:^|[.!?:] )get (?:our|the)\b[^.!?]*\b(?:newsletter|recap|briefing|latest news|digest)\b",
    r"\bby (?:signing up|subscribing|clicking|continuing|registering|using this)\b[^.!?]*\b(?:you (?:agree|accept|consent|confirm)|our (?:terms|privacy|conditions))\b",
    r"\byou (?:can|may) (?:unsubscribe|opt out|cancel|leave)\b[^.!?]*\bat any time\b|^(?:unsubscribe|cancel) (?:at )?any ?time\b",
    r"\benter your e-?mail\b",
    r"(?:^|[.!?] )(?:support|fund) (?:our|independent|quality) journalism\b|(?:^|[.!?] )become an? (?:member|subscriber|supporter)\b|(?:^|[.!?] )already an? (?:subscriber|member)\b|\balready have an account\b",
    r"\b(?:subscribe|log in|sign in|register|sign up)(?: now| here| below| for free)? to (?:continue reading|keep reading|continue|read on|read (?:this|the full|more)|unlock)\b|\bto (?:continue|keep|go on) reading\b[^.!?]*\b(?:subscri|account|register|log in|sign (?:in|up))|\blog in to (?:read|join)\b",
    r"\b(?:this|the rest of this) (?:story|article|content) is (?:only )?(?:for|reserved for|available to|exclusive to) (?:our )?(?:paying |paid )?(?:subscribers|members)\b",
    r"\byou (?:have|['’]ve) (?:read|reached|used)\b[^.!?]*\b(?:free articles?|article limit|free stories)\b|\bcreate (?:a|your) free account\b|\bstart your (?:free )?(?:trial|subscription)\b",
    r"\b(?:turn off|disable|pause) your ad ?blocker\b|\bwe (?:see|have noticed|noticed) (?:that )?you(?:['’]re| are)? (?:us(?:e|ing)) an ad ?blocker\b",
    r"^(?:download|get) (?:our|the) [^.!?]*\bapp\b",
    r"^(?:follow|like|find|join) us on\b",
    r"\b(?:enable|turn on) javascript\b|\byour browser (?:does|is) not\b|\bthis video is not available\b",
    r"\bgamble (?:responsibly|within)\b|\bour betting partner\b|\bbegambleaware\b",
    r"\bdo not sell (?:or share )?my\b",
    r"^[^.!?]*\[email.protected\][^.!?]*[.!?]?$",
    r"^(?:do you )?(?:have|got) (?:a|an) (?:news )?(?:tip|story)\b[^.!?]*\?",
    r"^send (?:any|a|this) friend|\byou (?:have|can give) \d+ (?:gift )?(?:articles|links) (?:to (?:give|share)|left)|\bgift this article\b",
    // German
    r"\b(?:wir|diese (?:web)?seite|unsere partner) (?:und unsere [^.!?]*partner )?(?:verwenden|verwendet|nutzen|nutzt|setzen|setzt)\b[^.!?]*\bcookies\b|\bmit ihrer (?:einwilligung|zustimmung)\b|\bihre einwilligung\b[^.!?]*\b(?:widerrufen|erteilen|jederzeit)\b|\bwir und unsere [^.!?]*partner\b",
    r"\bmelden sie sich\b[^.!?]*\bnewsletter\b|(?:^|[.!?:] )abonnieren sie\b|\bunseren? (?:kostenlosen )?newsletter\b|\bin ihr(?:em)? postfach\b|\bsie können (?:sich|den newsletter|das abo)\b[^.!?]*\bjederzeit\b",
    r"\bmit der anmeldung\b[^.!?]*\b(?:sie|agb|datenschutz)|\bsie haben bereits ein (?:abo|konto)\b|\bbereits abonnent\b|\bum weiterzulesen\b|\b(?:dieser artikel|weiterlesen)[^.!?]*\b(?:nur für|mit) (?:unsere )?(?:abonnent|abo\b)|\balle rechte vorbehalten\b",
    // French
    r"\b(?:nous|ce site)(?: et nos [^.!?]*partenaires)? (?:utilisons|utilise|déposons|dépose)\b[^.!?]*\bcookies\b|\bnos [^.!?]*partenaires\b[^.!?]*\bcookies\b|\bvotre consentement\b|\bvos (?:choix|préférences) (?:à tout moment|en matière)",
    r"\b(?:inscrivez|abonnez|connectez)[-‑]vous\b|\brecevez\b[^.!?]*\b(?:newsletter|lettre|boîte)|\bdans votre boîte\b|\bvous pouvez vous désabonner\b|\ben vous inscrivant\b|\bdéjà abonné",
    r"\bpour (?:lire la suite|continuer (?:à lire|votre lecture))|\b(?:cet )?article (?:est )?réservé aux abonnés\b|\btous droits réservés\b",
    // Spanish
    r"\b(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa))\b[^.!?]*\bcookies\b|\bnuestros [^.!?]*socios\b[^.!?]*\bcookies\b|\b(?:tu|su) consentimiento\b[^.!?]*\b(?:cualquier momento|cookies|datos)\b",
    r"\b(?:suscríbete|suscríbase|regístrate|regístrese)\b|\bnuestr[oa] (?:boletín|newsletter)\b|\ben (?:tu|su) (?:correo|bandeja|buzón)\b|\b(?:puedes|puede) darte? de baja\b|\b(?:puedes|puede) darse de baja\b|\bal (?:suscribirte|registrarte)\b",
    r"\bpara seguir leyendo\b|\bya (?:eres|es usted) suscriptor\b|\b(?:contenido|artículo) (?:exclusivo|solo|reservado) para suscriptores\b|\b(?:inicia|inicie) sesión\b|\btodos los derechos reservados\b",
    // Italian
    r"\b(?:utilizziamo|usiamo|questo sito (?:utilizza|usa))\b[^.!?]*\bcookie\b|\bi nostri [^.!?]*partner\b[^.!?]*\bcookie\b|\bil (?:tuo|vostro) consenso\b|\ble tue (?:scelte|preferenze)\b",
    r"\b(?:iscriviti|accedi)\b[^.!?]*\b(?:newsletter|per|a|alla|subito|ora)\b|\b(?:abbonati|registrati) (?:ora|subito|alla newsletter|per leggere)\b|\bnostra newsletter\b|\bnella tua casella\b|\bpuoi (?:cancellarti|disiscriverti|annullare)\b|\biscrivendoti\b",
    r"\bper continuare a leggere\b|\bsei già abbonat|\b(?:articolo|contenuto) riservato agli abbonati\b|\btutti i diritti riservati\b",
    // Portuguese
    r"\b(?:utilizamos|usamos|este s(?:ite|ítio) (?:utiliza|usa))\b[^.!?]*\bcookies\b|\bnossos [^.!?]*parceiros\b[^.!?]*\bcookies\b|\bo seu consentimento\b[^.!?]*\b(?:cookies|dados|parceiros|página)\b",
    r"(?:^|[.!?:] )(?:inscreva-se|assine|cadastre-se|subscreva|registe-se)\b[^.!?]*\b(?:newsletter|boletim|agora|para|nossa)\b|\bnossa newsletter\b|\bna sua caixa de (?:entrada|correio)\b|\bvocê pode cancelar\b|\bao se inscrever\b",
    r"\bpara continuar (?:a ler|lendo)\b|\bjá é assinante\b|\b(?:artigo|conteúdo) exclusivo para assinantes\b|\btodos os direitos reservados\b",
    // Dutch
    r"\b(?:wij|we|deze (?:web)?site)(?: en onze [^.!?]*partners)? (?:gebruiken|gebruikt|plaatsen|plaatst)\b[^.!?]*\bcookies\b|\bonze [^.!?]*partners\b[^.!?]*\b(?:cookies|gegevens)\b|\buw (?:toestemming|keuzes|voorkeuren)\b",
    r"\b(?:meld (?:je|u) aan|schrijf (?:je|u) in|abonneer (?:je|u))\b|\bonze nieuwsbrief\b|\bin (?:je|uw) (?:inbox|mailbox)\b|\b(?:je kunt|u kunt) (?:je|u|zich)\b[^.!?]*\b(?:afmelden|uitschrijven|opzeggen)\b|\bdoor (?:je|u) aan te melden\b",
    r"\bom verder te lezen\b|\bal abonnee\b|\b(?:dit artikel is )?(?:alleen|exclusief) voor (?:onze )?abonnees\b|\balle rechten voorbehouden\b",
    // Polish
    r"\b(?:używamy|stosujemy|ta strona używa|wykorzystujemy|nasi partnerzy używają)\b[^.!?]*\b(?:plików cookie|cookies|ciasteczek)|\bnasi [^.!?]*partnerzy\b[^.!?]*\b(?:cookie|dane)|\b(?:twoj[aą]|twojej) zgod|\bwyrażasz zgodę",
    r"\bzapisz się|\bzasubskrybuj\b|\bnaszego newslettera\b|\bna twoją skrzynkę|\b(?:do|w) twojej skrzync|\bmożesz (?:się wypisać|zrezygnować)\b|\bzapisując się|\bzaloguj się",
    r"\baby (?:czytać dalej|przeczytać całość)\b|\bmasz już (?:konto|subskrypcję)\b|\btylko dla subskrybentów\b|\bwszelkie prawa zastrzeżone\b",
    // Swedish
    r"\b(?:vi|den här (?:webb)?platsen|denna webbplats)(?: och våra [^.!?]*partner)? använder\b[^.!?]*\b(?:cookies|kakor)\b|\bvåra [^.!?]*partner\b[^.!?]*\b(?:cookies|kakor|uppgifter)\b|\bditt samtycke\b|\bdina (?:val|inställningar) (?:när|för|under)\b",
    r"\b(?:anmäl dig|registrera dig|prenumerera på|skriv upp dig)\b|\bvårt nyhetsbrev\b|\bi din inkorg\b|\bdu kan (?:när som helst|avsluta|avregistrera)\b|\bgenom att (?:anmäla|registrera) dig\b|\blogga in för\b",
    r"\bför att läsa vidare\b|\bredan prenumerant\b|\b(?:artikeln är )?(?:bara|endast|exklusivt) för (?:våra )?prenumeranter\b|\balla rättigheter förbehållna\b",
    // Russian
    r"(?:мы|наш сайт|этот сайт)(?: и наши [^.!?]*партн[её]ры)? (?:используем|использует|использу[юе]т)[^.!?]*(?:cookie|куки)|наши [^.!?]*партн[её]ры[^.!?]*(?:cookie|куки|данны)|ваше(?:го)? согласи|вы соглашаетесь",
    r"(?:подпишитесь|зарегистрируйтесь|войдите)(?: |,|$)|наш[аеуй]{1,2} рассылк|на вашу почту|в вашем почтовом ящике|вы можете (?:отписаться|отказаться)|подписываясь",
    r"чтобы (?:читать дальше|продолжить чтение|прочитать полностью)|уже подписаны|только для (?:наших )?подписчиков|все права защищены",
];

/// Whole lines over other stories.
pub const RELATED: &[&str] = &[
    r"related (?:articles?|stories|story|news|topics?|content|coverage|links|reading|posts|items)",
    r"(?:you|readers) (?:may|might|will|could) (?:also )?(?:be interested in|like|enjoy|love|want to read).{0,30}",
    r"most (?:popular|read|viewed|shared|commented|watched|recent)(?: (?:articles|stories|now|today|this week|in .{1,30}))?",
    r"recommended(?: (?:for you|stories|articles|reading|by .{1,30}))?",
    r"(?:more|latest|top) (?:stories|articles|news|headlines)(?: (?:from|in|on) .{1,40})?|latest",
    r"trending(?: (?:now|today|stories))?|popular(?: now| posts)?|up next|what to read next|read next|editor[’']?s?[’']? (?:picks?|choice)",
    r"mehr zum thema|lesen sie auch|auch interessant|meistgelesen|das könnte sie (?:auch )?interessieren|verwandte (?:artikel|themen)|weitere (?:artikel|nachrichten|meldungen)",
    r"(?:à )?lire aussi|sur le même (?:sujet|thème)|les plus lus|articles (?:liés|similaires|associés)|à ne pas manquer|dernières (?:nouvelles|actualités|infos)",
    r"(?:noticias|artículos|contenidos?) relacionad[ao]s?|lo más (?:leído|visto)|te puede interesar|más (?:noticias|información)|últimas noticias|lea también|le(?:e|er) también",
    r"(?:articoli|notizie) correlat[ie]|leggi anche|i più letti|potrebbe interessarti|ultime notizie|altre notizie",
    r"(?:notícias|artigos|matérias) relacionad[ao]s|leia (?:também|mais)|(?:as )?mais lidas|últimas notícias|veja também",
    r"lees ook|meest gelezen|gerelateerde? (?:artikelen|berichten|nieuws)|ook interessant|laatste nieuws|meer (?:nieuws|over dit onderwerp)",
    r"(?:czytaj|zobacz) (?:też|także|również)|najczęściej czytane|powiązane (?:artykuły|tematy)|najnowsze|polecane",
    r"läs (?:också|även|mer)|mest läst|relaterat|relaterade (?:artiklar|nyheter)|senaste nytt|fler nyheter",
    r"читайте также|самое читаемое|по теме|похожие (?:статьи|новости)|последние новости|ещё новости|материалы по теме",
];

/// Whole lines over readers' talk.
pub const TALK: &[&str] = &[
    r"(?:leave a|post a) (?:comment|reply)|(?:join|start) the (?:conversation|discussion)|(?:view |show |read )?(?:all )?comments?(?: ?\(\d+\))?|\d+ comments?|readers?[’']? comments",
    r"(?:\d+ )?kommentare?(?: ?\(\d+\))?|leserkommentare|(?:\d+ )?commentaires?(?: ?\(\d+\))?|réactions|(?:\d+ )?comentarios?(?: ?\(\d+\))?|(?:\d+ )?commenti(?: ?\(\d+\))?",
    r"(?:\d+ )?comentários?(?: ?\(\d+\))?|(?:\d+ )?reacties?(?: ?\(\d+\))?|(?:\d+ )?komentarze(?: ?\(\d+\))?|(?:\d+ )?kommentarer(?: ?\(\d+\))?|(?:\d+ )?комментари(?:и|ев|я|й)(?: ?\(\d+\))?",
];

/// Whole lines that only readers' talk has.
pub const TALK_MARKS: &[&str] = &[
    r"(?:reply|like|report|flag|upvote|share|permalink|antworten|melden|répondre|signaler|responder|denunciar|rispondi|segnala|beantwoorden|reageren|odpowiedz|zgłoś|svara|anmäl|ответить|пожаловаться)(?:[ ·|•,/]+(?:reply|like|report|share|\d+))*(?: ?\(\d+\))?",
    r".{0,60}\b\d+ ?(?:seconds?|minutes?|mins?|hours?|hrs?|h|d|days?|weeks?|months?|years?) ago",
    r".{0,60}\b(?:vor \d+ (?:minuten?|stunden?|tagen?)|il y a \d+ \p{L}+|hace \d+ \p{L}+|há \d+ \p{L}+|\d+ \p{L}+ (?:fa|geleden|temu|назад)|för \d+ \p{L}+ sedan)",
    r".{1,40} (?:says|wrote|commented|schreibt|schrieb|a écrit|escribió|scrive|escreveu|schreef|napisał[a]?|skrev|пишет):?",
];
