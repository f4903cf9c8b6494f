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
    r"(?:^|[.!?] )(?:support|fund) (?:our|independent|quality) journalism\b|(?:^|[.!?] )become an? (?:member|subscriber|supporter)\b|(?:^|[.!?] )already an? (?:subscriber|member)\b|(?:^|[.!?] )already have an account\b",
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
    r"\bwe(?: and our [^.!?]*partners)? (?:use|store|set) (?:cookies|similar technologies)\b|\byou can change your (?:mind|choices?|settings)\b[^.!?]*\b(?:any time|whenever|below|at the (?:foot|bottom))|\b(?:select|click|press|tap) (?:on )?“?(?:agree|accept|ok|options)\b[^.!?]*\b(?:consent|choose|agree|accept|cookies)",
    r"\byou have (?:one|two|three|four|five|no|\d+) (?:more )?free (?:articles?|stor(?:y|ies)|reads?)\b|\bto read (?:this|the (?:full|whole|rest of (?:this|the))) (?:story|article)\b[^.!?]*\b(?:trial|subscri|log in|sign (?:in|up)|account)|(?:^|[.!?:] )already have (?:a subscription|an account)\b|\byou (?:can|may) unsubscribe\b",
    r"\b(?:because|thanks to|from|of) readers like you\b|\bplease (?:support us|consider (?:supporting|donating))\b|\bsupport us (?:from (?:as|just|only|£|\$|€|\d)|today\b)",
    r"\byour privacy (?:matters|is important) to us\b|\bwith your (?:permission|consent|agreement)\b[^.!?]*\bwe\b|\bthis is a (?:premium|subscribers?[- ]only|members?[- ]only) (?:story|article)\b|(?:^|[.!?] )(?:log|sign) in if you\b|\bleave your (?:e-?mail|address) below\b",
    // German
    r"\b(?:wir|diese (?:web)?seite|unsere partner) (?:und unsere [^.!?]*partner )?(?:verwenden|verwendet|nutzen|nutzt|setzen|setzt)\b[^.!?]*\bcookies\b|\bmit ihrer (?:einwilligung|zustimmung)\b|\bihre einwilligung\b[^.!?]*\b(?:widerrufen|erteilen|jederzeit)\b|\bwir und unsere [^.!?]*partner\b",
    r"\bmelden sie sich\b[^.!?]*\bnewsletter\b|(?:^|[.!?:] )abonnieren sie\b|\bunseren? (?:kostenlosen )?newsletter\b|\bin ihr(?:em)? postfach\b|\bsie können (?:sich|den newsletter|das abo)\b[^.!?]*\bjederzeit\b",
    r"\bmit der anmeldung\b[^.!?]*\b(?:sie|agb|datenschutz)|\bsie haben bereits ein (?:abo|konto)\b|\bbereits abonnent\b|\bum weiterzulesen\b|\b(?:dieser artikel|weiterlesen)[^.!?]*\b(?:nur für|mit) (?:unsere )?(?:abonnent|abo\b)|\balle rechte vorbehalten\b",
    r"\b(?:wir|unsere partner) (?:und [^.!?]*partner )?(?:nutzen|verwenden|verarbeiten|setzen)\b[^.!?]*\b(?:cookies|ihre daten|ihre ip)|\b(?:verarbeiten|speichern|nutzen) wir\b[^.!?]*\b(?:cookies|daten)\b|\bihre (?:auswahl|einstellungen|cookie-einstellungen) (?:können sie|gelten|lassen sich)\b|\bklick auf\b[^.!?]*\b(?:akzeptieren|zustimmen|annehmen|willigen|stimmen)\b",
    r"\bin ihrem (?:e-?mail-?)?(?:postfach|posteingang)\b|\bnewsletter (?:anmelden|abonnieren|bestellen)(?: und\b|[.!]|$)|\babmeldung ist jederzeit\b|\bes gelten unsere\b",
    r"^weiterlesen mit\b|^jetzt\b[^.!?]*\b(?:testen und (?:alle|lesen|weiterlesen)|abo sichern|weiterlesen|alle artikel lesen)\b|\bsie (?:sind|haben) (?:schon|bereits) (?:abonnent|ein abo|registriert)|\bhier (?:anmelden|einloggen|registrieren)[.!]?$|\blesern? wie ihnen\b|\bunterstützen sie (?:uns|unseren? (?:journalismus|arbeit|redaktion|zeitung))\b",
    r"\bihre privatsphäre ist uns\b|\bmit ihrer erlaubnis\b[^.!?]*\bwir\b|\b(?:dies|das) ist ein (?:plus|premium)[- ]?(?:artikel|inhalt|beitrag)\b|(?:^|[.!?] )werden sie (?:abonnent|mitglied)\b|\bmelden sie sich an, (?:wenn|falls)\b|\btragen sie\b[^.!?]*\bihre (?:e-?mail-?)?adresse\b",
    // French
    r"\b(?:nous|ce site)(?: et nos [^.!?]*partenaires)? (?:utilisons|utilise|déposons|dépose)\b[^.!?]*\bcookies\b|\bnos [^.!?]*partenaires\b[^.!?]*\bcookies\b|\bvotre consentement\b|\bvos (?:choix|préférences) (?:à tout moment|en matière)",
    r"\b(?:inscrivez|abonnez|connectez)[-‑]vous\b|\brecevez\b[^.!?]*\b(?:newsletter|lettre|boîte)|\bdans votre boîte\b|\bvous pouvez vous désabonner\b|\ben vous inscrivant\b|\bdéjà abonné",
    r"\bpour (?:lire la suite|continuer (?:à lire|votre lecture))|\b(?:cet )?article (?:est )?réservé aux abonnés\b|\btous droits réservés\b",
    r"\bnos \d+ partenaires\b|\bvous pouvez (?:à tout moment )?(?:modifier|changer|retirer|gérer) (?:vos|votre) (?:choix|préférences|paramètres|consentement)|\bvous pouvez (?:à tout moment )?vous (?:opposer|désinscrire|désabonner)\b|\bvous consentez\b|\bgérer (?:les|mes|vos) cookies\b",
    r"\bdans votre (?:boîte|messagerie)|\b(?:entrez|saisissez|indiquez) votre (?:adresse|e-?mail|mail)|\bla suite (?:de (?:cet article|l’article) )?est réservée\b|\bvous êtes déjà (?:abonn|inscrit|client)|\bprofitez de (?:l’offre|nos offres|notre offre)\b|[,.] sans engagement[.!]?$|\bfaites un don\b|\bsoutenez[- ](?:nous|notre|le journal)|\bnotre (?:journal|rédaction|média)\b[^.!?]*\blecteurs\b",
    r"\bvotre vie privée\b[^.!?]*\b(?:priorité|importe|importante)\b|\bavec votre (?:accord|permission)\b[^.!?]*\bnous\b|\bcet article est (?:un contenu premium|payant)\b|\bidentifiez-vous\b|\blaissez votre (?:adresse|e-?mail)\b",
    // Spanish
    r"\b(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa))\b[^.!?]*\bcookies\b|\bnuestros [^.!?]*socios\b[^.!?]*\bcookies\b|\b(?:tu|su) consentimiento\b[^.!?]*\b(?:cualquier momento|cookies|datos)\b",
    r"\b(?:suscríbete|suscríbase|regístrate|regístrese)\b|\bnuestr[oa] (?:boletín|newsletter)\b|\ben (?:tu|su) (?:correo|bandeja|buzón)\b|\b(?:puedes|puede) darte? de baja\b|\b(?:puedes|puede) darse de baja\b|\bal (?:suscribirte|registrarte)\b",
    r"\bpara seguir leyendo\b|\bya (?:eres|es usted) suscriptor\b|\b(?:contenido|artículo) (?:exclusivo|solo|reservado) para suscriptores\b|\b(?:inicia|inicie) sesión\b|\btodos los derechos reservados\b",
    r"\bnuestros \d+ socios\b|\b(?:tus|sus) preferencias\b[^.!?]*\b(?:se aplicarán|este sitio|cuando quieras?)\b|\bcambiar (?:tus|sus) preferencias\b|\bal (?:pulsar|hacer clic en|clicar)\b[^.!?]*\b(?:consientes?|aceptas?)\b",
    r"(?:^|[.!?] )recib[ae]\b[^.!?]*\ben (?:su|tu) correo|\b(?:introduzca|introduce|escriba|escribe) (?:su|tu) (?:correo|e-?mail)|\b(?:contenido|artículo) es (?:solo|exclusivo) para suscriptores\b|\bya est(?:á|ás) suscrito\b|\blectores como (?:usted|tú)\b|\b(?:apóye|apóya|ayúde|ayúda)nos\b",
    r"\bsu privacidad (?:es importante|nos importa)\b|\bcon su (?:permiso|acuerdo), nosotros\b|\bartículo premium\b|\bhágase suscriptor\b|\bhazte (?:suscriptor|socio)\b|\bidentifíquese si\b|\bdej[ea] (?:su|tu) (?:dirección|correo)\b",
    // Italian
    r"\b(?:utilizziamo|usiamo|questo sito (?:utilizza|usa))\b[^.!?]*\bcookie\b|\bi nostri [^.!?]*partner\b[^.!?]*\bcookie\b|\bil (?:tuo|vostro) consenso\b|\ble tue (?:scelte|preferenze)\b",
    r"\b(?:iscriviti|accedi)\b[^.!?]*\b(?:newsletter|per|a|alla|subito|ora)\b|\b(?:abbonati|registrati) (?:ora|subito|alla newsletter|per leggere)\b|\bnostra newsletter\b|\bnella tua casella\b|\bpuoi (?:cancellarti|disiscriverti|annullare)\b|\biscrivendoti\b",
    r"\bper continuare a leggere\b|\bsei già abbonat|\b(?:articolo|contenuto) riservato agli abbonati\b|\btutti i diritti riservati\b",
    r"\bpartner\b[^.!?]*\b(?:utilizziamo|usiamo|memorizziamo)\b[^.!?]*\bcookie\b|\b(?:tuo|vostro) consenso in qualsiasi momento\b|\bcontinuare senza accettare\b|\ble (?:tue )?(?:scelte|preferenze)\b[^.!?]*\bquesto sito\b",
    r"\b(?:inserisci|scrivi) la tua (?:e-?mail|mail|posta)|\bpuoi (?:disdire|revocare)\b|\bnewsletter gratuita\b|\b(?:contenuto|articolo) è riservato agli abbonati\b|(?:^|[.!?:] )abbonati (?:a|per|da) \d|\bhai già un (?:abbonamento|account)\b|\blettori come te\b|\b(?:sostienici|sostieni il nostro|aiutaci)\b",
    r"\bla tua privacy\b|\bcon il tuo permesso\b|\barticolo premium\b|(?:^|[.!?] )diventa (?:abbonato|socio)\b|\bentra se hai\b|\blascia (?:il tuo indirizzo|la tua e-?mail)\b",
    // Portuguese
    r"\b(?:utilizamos|usamos|este s(?:ite|ítio) (?:utiliza|usa))\b[^.!?]*\bcookies\b|\bnossos [^.!?]*parceiros\b[^.!?]*\bcookies\b|\bo seu consentimento\b[^.!?]*\b(?:cookies|dados|parceiros|página)\b",
    r"(?:^|[.!?:] )(?:inscreva-se|assine|cadastre-se|subscreva|registe-se)\b[^.!?]*\b(?:newsletter|boletim|agora|para|nossa)\b|\bnossa newsletter\b|\bna sua caixa de (?:entrada|correio)\b|\bvocê pode cancelar\b|\bao se inscrever\b",
    r"\bpara continuar (?:a ler|lendo)\b|\bjá é assinante\b|\b(?:artigo|conteúdo) exclusivo para assinantes\b|\btodos os direitos reservados\b",
    r"\bnossos \d+ parceiros\b|\bsuas (?:escolhas|preferências|opções)\b[^.!?]*\b(?:este site|a qualquer momento)\b|\bao clicar em\b[^.!?]*\b(?:concorda|aceita|consente)\b|\bpode cancelar a (?:subscrição|assinatura)\b",
    r"\b(?:manhãs|dias|semanas?)\b[^.!?]*\bno seu e-?mail\b|\b(?:insira|introduza|digite) o seu (?:e-?mail|endereço)|\b(?:conteúdo|artigo) é (?:exclusivo|só|apenas) para assinantes\b|\bassine (?:por|a partir|já|e leia)\b|\bjá (?:tem|possui) (?:uma )?(?:assinatura|conta)\?|\bleitores como você\b|\b(?:apoie|ajude)-nos\b",
    r"\ba sua privacidade\b[^.!?]*\bimportante\b|\bcom a sua permissão\b|\bartigo premium\b|\btorne-se assinante\b|\bentre se tem\b|\bdeixe o seu (?:endereço|e-?mail)\b",
    // Dutch
    r"\b(?:wij|we|deze (?:web)?site)(?: en onze [^.!?]*partners)? (?:gebruiken|gebruikt|plaatsen|plaatst)\b[^.!?]*\bcookies\b|\bonze [^.!?]*partners\b[^.!?]*\b(?:cookies|gegevens)\b|\buw (?:toestemming|keuzes|voorkeuren)\b",
    r"\b(?:meld (?:je|u) aan|schrijf (?:je|u) in|abonneer (?:je|u))\b|\bonze nieuwsbrief\b|\bin (?:je|uw) (?:inbox|mailbox)\b|\b(?:je kunt|u kunt) (?:je|u|zich)\b[^.!?]*\b(?:afmelden|uitschrijven|opzeggen)\b|\bdoor (?:je|u) aan te melden\b",
    r"\bom verder te lezen\b|\bal abonnee\b|\b(?:dit artikel is )?(?:alleen|exclusief) voor (?:onze )?abonnees\b|\balle rechten voorbehouden\b",
    r"\bmet (?:jouw|je|uw) toestemming\b|\b(?:plaatsen|gebruiken) (?:wij|we) (?:en onze [^.!?]*partners )?cookies\b|\bwaartegen (?:je|u) bezwaar\b|\b(?:je|u) kunt (?:je|uw) (?:keuze|voorkeuren|toestemming|instellingen)\b|\bklik op\b[^.!?]*\b(?:cookies|akkoord te)\b",
    r"\bvul (?:je|uw) e-?mail|\bgratis nieuwsbrief\b|\b(?:je|u) kunt (?:je|u) (?:altijd|op elk moment|ieder moment) (?:afmelden|uitschrijven)\b|\blees onbeperkt\b|\blog (?:hier|dan) in\b|\blezers zoals (?:jij|u)\b|\bsteun (?:ons|onze journalistiek)\b",
    r"\b(?:jouw|je|uw) privacy\b[^.!?]*\bbelangrijk\b|\bmet (?:jouw|je|uw) goedkeuring\b|\bplus-?artikel\b|(?:^|[.!?] )word (?:abonnee|lid)\b|\blog in als (?:je|u)\b|\blaat\b[^.!?]*\b(?:je|uw) (?:e-?mail)?adres achter\b",
    // Polish
    r"\b(?:używamy|stosujemy|ta strona używa|wykorzystujemy|nasi partnerzy używają)\b[^.!?]*\b(?:plików cookie|cookies|ciasteczek)|\bnasi [^.!?]*partnerzy\b[^.!?]*\b(?:cookie|dane)|\b(?:twoj[aą]|twojej) zgod|\bwyrażasz zgodę",
    r"\bzapisz się|\bzasubskrybuj\b|\bnaszego newslettera\b|\bna twoją skrzynkę|\b(?:do|w) twojej skrzync|\bmożesz (?:się wypisać|zrezygnować)\b|\bzapisując się|\bzaloguj się",
    r"\baby (?:czytać dalej|przeczytać całość)\b|\bmasz już (?:konto|subskrypcję)\b|\btylko dla subskrybentów\b|\bwszelkie prawa zastrzeżone\b",
    r"\bnasi \d+ partnerzy\b|\bmożesz (?:wyrazić|wycofać|cofnąć) zgod|\bmożesz\b[^.!?]*\bzmienić ustawienia\b|\b(?:klikając|zaznaczając)\b[^.!?]*(?:zgadzasz|akceptujesz|wyrażasz|przyjmujesz)|\btwo(?:je|ich) (?:preferencje|danych osobowych|dane osobowe)",
    r"\bpodaj (?:swój )?(?:adres )?e-?mail|\bbezpłatny newsletter\b|\bw każdej chwili możesz (?:zrezygnować|wypisać|cofnąć)|\bczytaj bez ogranicze|\bmasz już (?:prenumerat|abonament)|\bdzięki czytelnikom takim jak\b|\b(?:wesprzyj|wspieraj) nas\b",
    r"\btwoja prywatność\b|\bza twoim pozwoleniem\b|\bartykuł premium\b|\bzostań (?:subskrybentem|prenumeratorem)\b|\bzostaw\b[^.!?]*\bswój (?:adres|e-?mail)\b",
    // Swedish
    r"\b(?:vi|den här (?:webb)?platsen|denna webbplats)(?: och våra [^.!?]*partner)? använder\b[^.!?]*\b(?:cookies|kakor)\b|\bvåra [^.!?]*partner\b[^.!?]*\b(?:cookies|kakor|uppgifter)\b|\bditt samtycke\b|\bdina (?:val|inställningar) (?:när|för|under)\b",
    r"\b(?:anmäl dig|registrera dig|prenumerera på|skriv upp dig)\b|\bvårt nyhetsbrev\b|\bi din inkorg\b|\bdu kan (?:när som helst|avsluta|avregistrera)\b|\bgenom att (?:anmäla|registrera) dig\b|\blogga in för\b",
    r"\bför att läsa vidare\b|\bredan prenumerant\b|\b(?:artikeln är )?(?:bara|endast|exklusivt) för (?:våra )?prenumeranter\b|\balla rättigheter förbehållna\b",
    r"\b(?:lagrar|använder|sparar)\b[^.!?]*\b(?:cookies|kakor) på din\b|\bdina val gäller\b|\bdu kan (?:godkänna|neka|ändra|ta tillbaka)\b[^.!?]*\b(?:dina val|samtycke|cookies|kakor)|\bgenom att klicka på\b[^.!?]*\b(?:samtycker|godkänner)",
    r"\bfyll i din e-?post|\b(?:kostnadsfria|gratis) nyhetsbrev\b|\bavsluta prenumerationen\b|\bför dig som prenumererar\b|\bläs allt för\b|\bhar du redan (?:ett konto|en prenumeration)\b|\bläsare som du\b|\b(?:stöd oss|stötta oss|stöd vår journalistik)\b",
    r"\bdin integritet är\b|\bmed ditt tillstånd\b|\b(?:plus|premium)artikel\b|(?:^|[.!?] )bli (?:prenumerant|medlem)\b|\blogga in om du\b|\blämna din (?:e-?post)?adress\b",
    // Russian
    r"(?:мы|наш сайт|этот сайт)(?: и наши [^.!?]*партн[её]ры)? (?:используем|использует|использу[юе]т)[^.!?]*(?:cookie|куки)|наши [^.!?]*партн[её]ры[^.!?]*(?:cookie|куки|данны)|ваше(?:го)? согласи|вы соглашаетесь",
    r"(?:подпишитесь|зарегистрируйтесь|войдите)(?: |,|$)|наш[аеуй]{1,2} рассылк|на вашу почту|в вашем почтовом ящике|вы можете (?:отписаться|отказаться)|подписываясь",
    r"чтобы (?:читать дальше|продолжить чтение|прочитать полностью)|уже подписаны|только для (?:наших )?подписчиков|все права защищены",
    r"наши \d+ партн[её]р|(?:cookie|куки)[^.!?]*на вашем|вы можете [^.!?]*(?:изменить настройки|отозвать согласие)|нажимая [^.!?]*(?:соглашаетесь|согласие|принимаете)|ваш выбор действует",
    r"(?:введите|укажите) (?:ваш |свой )?(?:адрес|e-?mail)|бесплатную рассылку|в вашей почте|отписаться можно|доступ(?:ен|на|но) только подписчикам|оформите подписку|уже есть (?:подписка|аккаунт)\?|читателям, как вы|поддержите нас",
    r"ваша конфиденциальность|с вашего разрешения|материал по подписке|станьте подписчиком|войдите, если|оставьте [^.!?]*свой (?:адрес|e-?mail)",
];

/// Whole lines over other stories.
pub const RELATED: &[&str] = &[
    r"related (?:articles?|stories|story|news|topics?|content|coverage|links|reading|posts|items)",
    r"(?:you|readers) (?:may|might|will|could) (?:also )?(?:be interested in|like|enjoy|love|want to read).{0,30}",
    r"most (?:popular|read|viewed|shared|commented|watched|recent)(?: (?:articles|stories|now|today|this week|in .{1,30}))?",
    r"recommended(?: (?:for you|stories|articles|reading|by .{1,30}))?",
    r"(?:more|latest|top) (?:stories|articles|news|headlines)(?: (?:from|in|on) .{1,40})?|latest",
    r"trending(?: (?:now|today|stories))?|popular(?: now| posts)?|up next|what to read next|read next|editor[’']?s?[’']? (?:picks?|choice)|more (?:from|on) \S+(?: \S+)?|in other news",
    r"mehr zum thema|lesen sie auch|auch interessant|meistgelesen|das könnte sie (?:auch )?interessieren|verwandte (?:artikel|themen)|weitere (?:artikel|nachrichten|meldungen)|mehr (?:aus|zu) (?:dem |der |den )?\S+|passend dazu|siehe auch|zum thema|beliebte artikel",
    r"(?:à )?lire aussi|sur le même (?:sujet|thème)|les plus lus|articles (?:liés|similaires|associés)|à ne pas manquer|dernières (?:nouvelles|actualités|infos)|voir aussi|nos lecteurs ont (?:aussi )?lu(?: ensuite)?|dans la même rubrique|à découvrir",
    r"(?:noticias|artículos|contenidos?) relacionad[ao]s?|lo más (?:leído|visto)|te puede interesar|más (?:noticias|información)|últimas noticias|lea también|le(?:e|er) también|(?:le|te) puede interesar|ver también|más sobre (?:el tema|este tema)",
    r"(?:articoli|notizie) correlat[ie]|leggi anche|i più letti|potrebbe interessarti(?: anche)?|ultime notizie|altre notizie|altri articoli|vedi anche|(?:per approfondire|da non perdere)",
    r"(?:notícias|artigos|matérias) relacionad[ao]s|leia (?:também|mais)|(?:as )?mais lidas|últimas notícias|veja também|pode(?: também)? interessar-lhe|saiba mais",
    r"lees ook|meest gelezen|gerelateerde? (?:artikelen|berichten|nieuws)|ook interessant|laatste nieuws|meer (?:nieuws|over dit onderwerp)|bekijk ook|zie ook|meer (?:over|uit) \S+(?: \S+)?",
    r"(?:czytaj|zobacz) (?:też|także|również)|najczęściej czytane|powiązane (?:artykuły|tematy)|najnowsze|polecane|polecamy|przeczytaj (?:też|także|również)|więcej na ten temat",
    r"läs (?:också|även|mer)|mest läst|relaterat|relaterade (?:artiklar|nyheter)|senaste nytt|fler nyheter|se (?:också|även)|missa inte|mer om (?:ämnet|\S+)",
    r"читайте также|самое читаемое|по теме|похожие (?:статьи|новости)|последние новости|ещё новости|материалы по теме|смотрите также|главное за день|(?:вам может быть интересно|ещё по теме|новости по теме)",
];

/// Whole lines over readers' talk.
pub const TALK: &[&str] = &[
    r"(?:leave a|post a) (?:comment|reply)|(?:join|start) the (?:conversation|discussion)|(?:view |show |read )?(?:all )?comments?(?: ?\(\d+\))?|\d+ comments?|readers?[’']? comments",
    r"(?:\d+ )?kommentare?(?: ?\(\d+\))?|leserkommentare|(?:\d+ )?commentaires?(?: ?\(\d+\))?|réactions|(?:\d+ )?comentarios?(?: ?\(\d+\))?|(?:\d+ )?commenti(?: ?\(\d+\))?",
    r"(?:\d+ )?comentários?(?: ?\(\d+\))?|(?:\d+ )?reacties?(?: ?\(\d+\))?|(?:\d+ )?komentarz[ey](?: ?\(\d+\))?|\d+ komentarzy|(?:\d+ )?kommentarer(?: ?\(\d+\))?|(?:\d+ )?комментари(?:и|ев|я|й)(?: ?\(\d+\))?",
];

/// Whole lines by which one reader answers another.
pub const REPLIES: &[&str] =
    &[r"(?:reply|antworten|répondre|responder|rispondi|beantwoorden|reageren|odpowiedz|svara|ответить)(?: ?\(\d+\)| ?[·|•] ?\d+)?"];

/// Whole lines that only readers' talk has.
pub const TALK_MARKS: &[&str] = &[
    r"(?:reply|like|report|flag|upvote|share|permalink|antworten|melden|répondre|signaler|responder|denunciar|rispondi|segnala|beantwoorden|reageren|reactie plaatsen|odpowiedz|zgłoś|svara|anmäl|ответить|пожаловаться)(?:[ ·|•,/]+(?:reply|like|report|share|\d+))*(?: ?\(\d+\))?",
    r".{0,60}\b\d+ ?(?:seconds?|minutes?|mins?|hours?|hrs?|h|d|days?|weeks?|months?|years?) ago",
    r".{0,60}\b(?:vor \d+ (?:minuten?|stunden?|tagen?)|il y a \d+ \p{L}+|hace \d+ \p{L}+|há \d+ \p{L}+|\d+ \p{L}+ (?:fa|geleden|temu|назад)|för \d+ \p{L}+ sedan)",
    r".{1,40} (?:says|wrote|commented|schreibt|schrieb|a écrit|escribió|scrive|escreveu|schreef|napisał[a]?|skrev|пишет):?",
];
