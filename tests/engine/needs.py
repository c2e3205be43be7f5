"""Client needs in eight languages, in our own words: what a reader of texts has to understand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One need, told in eight languages, and the concepts of which at least one per kind must come first."""

    name: str
    texts: dict[str, str]
    activities: frozenset[str]
    skills: frozenset[str]
    technologies: frozenset[str]


MAINTENANCE = Topic(
    name="predictive maintenance",
    activities=frozenset({"TBI-2.2", "TBI-2.1", "TBI-1.1", "TBI-5.2"}),
    skills=frozenset(
        {"predictive maintenance", "machine learning", "utilise machine learning", "develop predictive models"}
    ),
    technologies=frozenset({"artificial-intelligence", "iot", "sensors-vision", "cyber-physical-systems"}),
    texts={
        "en": "Our packing machines stop about twice a month without warning. We would like a system that predicts "
        "failures of the bearings from sensor data a week ahead, tried first on one line.",
        "de": "Unsere Verpackungsmaschinen fallen etwa zweimal im Monat ohne Vorwarnung aus. Wir hätten gern ein "
        "System, das Lagerschäden aus Sensordaten eine Woche im Voraus vorhersagt, zuerst an einer Linie erprobt.",
        "fr": "Nos machines d'emballage tombent en panne environ deux fois par mois sans prévenir. Nous voudrions un "
        "système qui prédit les défaillances des roulements à partir des données de capteurs, testé d'abord sur une "
        "ligne.",
        "es": "Nuestras máquinas de envasado se paran unas dos veces al mes sin avisar. Queremos un sistema que "
        "prediga los fallos de los rodamientos con datos de sensores, probado primero en una línea.",
        "it": "Le nostre macchine confezionatrici si fermano circa due volte al mese senza preavviso. Vorremmo un "
        "sistema che preveda i guasti dei cuscinetti dai dati dei sensori, provato prima su una linea.",
        "pl": "Nasze maszyny pakujące stają mniej więcej dwa razy w miesiącu bez ostrzeżenia. Chcielibyśmy systemu, "
        "który na podstawie danych z czujników przewiduje awarie łożysk, najpierw na jednej linii.",
        "el": "Οι μηχανές συσκευασίας μας σταματούν περίπου δύο φορές τον μήνα χωρίς προειδοποίηση. Θέλουμε ένα "
        "σύστημα που να προβλέπει τις βλάβες από δεδομένα αισθητήρων, δοκιμασμένο πρώτα σε μία γραμμή.",
        "hu": "A csomagológépeink havonta körülbelül kétszer figyelmeztetés nélkül leállnak. Olyan rendszert szeretnénk, "
        "amely az érzékelők adataiból előre jelzi a csapágyak meghibásodását, először egy gépsoron kipróbálva.",
    },
)

TRAFFIC = Topic(
    name="traffic counting",
    activities=frozenset(),  # none is asked for in words
    skills=frozenset(
        {
            "computer vision",
            "traffic engineering",
            "smart city features",
            "machine learning",
            "digital image processing",
        }
    ),
    technologies=frozenset({"sensors-vision", "mobility"}),
    texts={
        "en": "The town wants to count cars, bicycles and pedestrians at twelve crossings with cameras, without storing "
        "faces or number plates.",
        "de": "Die Stadt möchte an zwölf Kreuzungen mit Kameras Autos, Fahrräder und Fußgänger zählen, ohne Gesichter "
        "oder Kennzeichen zu speichern.",
        "fr": "La commune veut compter les voitures, les vélos et les piétons à douze carrefours avec des caméras, sans "
        "enregistrer de visages ni de plaques.",
        "es": "El ayuntamiento quiere contar coches, bicicletas y peatones con cámaras en doce cruces, sin guardar caras "
        "ni matrículas.",
        "it": "Il comune vuole contare auto, biciclette e pedoni con telecamere in dodici incroci, senza memorizzare volti "
        "o targhe.",
        "pl": "Gmina chce liczyć samochody, rowery i pieszych za pomocą kamer na dwunastu skrzyżowaniach, bez zapisywania "
        "twarzy i numerów rejestracyjnych.",
        "el": "Ο δήμος θέλει να μετρά αυτοκίνητα, ποδήλατα και πεζούς με κάμερες σε δώδεκα διασταυρώσεις, χωρίς να "
        "αποθηκεύει πρόσωπα ή πινακίδες.",
        "hu": "A város tizenkét kereszteződésben kamerákkal szeretné számolni az autókat, kerékpárokat és gyalogosokat, "
        "arcok és rendszámok tárolása nélkül.",
    },
)

ETHICS = Topic(
    name="AI ethics certification",
    activities=frozenset({"TBI-4.3", "SFI-4.2", "TBI-4.2"}),
    skills=frozenset(
        {
            "audit techniques",
            "ethics",
            "principles of artificial intelligence",
            "adhere to organisational code of ethics",
        }
        | {"perform quality audits", "ensure compliance with legal requirements"}
    ),
    technologies=frozenset({"artificial-intelligence"}),
    texts={
        "en": "We sell software that sorts job applications with artificial intelligence. Customers ask us for an "
        "independent audit and a certificate that it treats people fairly.",
        "de": "Wir verkaufen Software, die Bewerbungen mit künstlicher Intelligenz sortiert. Kunden verlangen ein "
        "unabhängiges Audit und ein Zertifikat, dass sie Menschen fair behandelt.",
        "fr": "Nous vendons un logiciel qui trie les candidatures grâce à l'intelligence artificielle. Les clients nous "
        "demandent un audit indépendant et un certificat prouvant qu'il traite les personnes équitablement.",
        "es": "Vendemos un programa que clasifica candidaturas con inteligencia artificial. Los clientes nos piden una "
        "auditoría independiente y un certificado de que trata a las personas de forma justa.",
        "it": "Vendiamo un software che seleziona le candidature con l'intelligenza artificiale. I clienti ci chiedono un "
        "audit indipendente e un certificato che dimostri che tratta le persone in modo equo.",
        "pl": "Sprzedajemy oprogramowanie, które sortuje podania o pracę za pomocą sztucznej inteligencji. Klienci proszą "
        "o niezależny audyt i certyfikat, że traktuje ludzi sprawiedliwie.",
        "el": "Πουλάμε λογισμικό που ταξινομεί αιτήσεις εργασίας με τεχνητή νοημοσύνη. Οι πελάτες μας ζητούν ανεξάρτητο "
        "έλεγχο και πιστοποιητικό ότι αντιμετωπίζει τους ανθρώπους δίκαια.",
        "hu": "Olyan szoftvert árulunk, amely mesterséges intelligenciával rangsorolja az álláspályázatokat. Az ügyfelek "
        "független auditot és tanúsítványt kérnek arról, hogy méltányosan bánik az emberekkel.",
    },
)

FUNDING = Topic(
    name="funding for a robot",
    activities=frozenset({"SFI-3.1", "SFI-3.2", "SFI-3.3"}),
    skills=frozenset(
        {
            "apply for government funding",
            "advise on government funding",
            "funding methods",
            "apply for research funding",
        }
        | {"create a financial plan", "manage government-funded programmes"}
    ),
    technologies=frozenset({"robotics"}),
    texts={
        "en": "We want to buy a welding robot but cannot pay for it alone. Who helps us find a grant and write the "
        "application?",
        "de": "Wir möchten einen Schweißroboter kaufen, können ihn aber nicht allein bezahlen. Wer hilft uns, eine "
        "Förderung zu finden und den Antrag zu schreiben?",
        "fr": "Nous voulons acheter un robot de soudage mais nous ne pouvons pas le payer seuls. Qui nous aide à trouver une "
        "subvention et à rédiger le dossier de demande ?",
        "es": "Queremos comprar un robot de soldadura, pero no podemos pagarlo solos. ¿Quién nos ayuda a encontrar una "
        "subvención y a redactar la solicitud?",
        "it": "Vogliamo acquistare un robot di saldatura ma da soli non possiamo pagarlo. Chi ci aiuta a trovare un "
        "contributo e a scrivere la domanda?",
        "pl": "Chcemy kupić robota spawalniczego, ale sami go nie sfinansujemy. Kto pomoże nam znaleźć dotację i napisać "
        "wniosek?",
        "el": "Θέλουμε να αγοράσουμε ένα ρομπότ συγκόλλησης αλλά δεν μπορούμε να το πληρώσουμε μόνοι μας. Ποιος μας βοηθά να "
        "βρούμε επιχορήγηση και να γράψουμε την αίτηση;",
        "hu": "Hegesztőrobotot szeretnénk venni, de egyedül nem tudjuk kifizetni. Ki segít támogatást találni és megírni a "
        "pályázatot?",
    },
)

TRAINING = Topic(
    name="staff training on AI",
    activities=frozenset({"SKT-1.1", "SKT-1.2", "SKT-1.3", "SKT-1.4"}),
    skills=frozenset(
        {
            "principles of artificial intelligence",
            "identify training needs",
            "train employees",
            "teach digital literacy",
        }
        | {"training subject expertise", "machine learning", "identify digital competence gaps"}
    ),
    technologies=frozenset({"artificial-intelligence"}),
    texts={
        "en": "Forty employees in our office should learn how to use artificial intelligence tools safely in their daily "
        "work. We look for a course at our site.",
        "de": "Vierzig Beschäftigte in unserem Büro sollen lernen, Werkzeuge der künstlichen Intelligenz im Alltag sicher zu "
        "nutzen. Wir suchen eine Schulung bei uns im Haus.",
        "fr": "Quarante salariés de nos bureaux doivent apprendre à utiliser en toute sécurité les outils d'intelligence "
        "artificielle. Nous cherchons une formation dans nos locaux.",
        "es": "Cuarenta empleados de nuestra oficina tienen que aprender a usar con seguridad las herramientas de "
        "inteligencia artificial. Buscamos un curso en nuestra sede.",
        "it": "Quaranta dipendenti del nostro ufficio devono imparare a usare in sicurezza gli strumenti di intelligenza "
        "artificiale. Cerchiamo un corso presso la nostra sede.",
        "pl": "Czterdziestu pracowników naszego biura ma się nauczyć bezpiecznie używać narzędzi sztucznej inteligencji. "
        "Szukamy szkolenia w naszej siedzibie.",
        "el": "Σαράντα υπάλληλοι στο γραφείο μας πρέπει να μάθουν να χρησιμοποιούν με ασφάλεια εργαλεία τεχνητής νοημοσύνης. "
        "Ψάχνουμε σεμινάριο στις εγκαταστάσεις μας.",
        "hu": "Az irodánk negyven dolgozójának meg kell tanulnia biztonságosan használni a mesterséges intelligencia "
        "eszközeit. Helyszíni képzést keresünk.",
    },
)

SECURITY = Topic(
    name="cybersecurity",
    activities=frozenset({"TBI-4.1", "TBI-4.2", "SFI-1.2", "SKT-3.1", "SKT-1.3", "SFI-4.1"}),
    skills=frozenset(
        {"cyber security", "cyber attack counter-measures", "ICT security standards", "perform ICT security testing"}
        | {"identify ICT security risks"}
    ),
    technologies=frozenset({"cybersecurity"}),
    texts={
        "en": "Last year hackers encrypted our servers. We need somebody to test our network for weak points and tell our "
        "people what to watch out for.",
        "de": "Letztes Jahr haben Hacker unsere Server verschlüsselt. Wir brauchen jemanden, der unser Netz auf "
        "Schwachstellen prüft und unseren Leuten sagt, worauf sie achten müssen.",
        "fr": "L'an dernier, des pirates ont chiffré nos serveurs. Il nous faut quelqu'un qui teste les failles de notre "
        "réseau et explique à nos équipes à quoi faire attention.",
        "es": "El año pasado unos piratas informáticos cifraron nuestros servidores. Necesitamos a alguien que busque los "
        "puntos débiles de la red y explique a nuestra gente a qué prestar atención.",
        "it": "L'anno scorso degli hacker hanno cifrato i nostri server. Ci serve qualcuno che cerchi i punti deboli della "
        "rete e spieghi ai nostri a cosa stare attenti.",
        "pl": "W zeszłym roku hakerzy zaszyfrowali nasze serwery. Potrzebujemy kogoś, kto sprawdzi słabe punkty sieci i "
        "powie ludziom, na co uważać.",
        "el": "Πέρυσι χάκερ κρυπτογράφησαν τους διακομιστές μας. Χρειαζόμαστε κάποιον να ελέγξει το δίκτυό μας για αδύνατα "
        "σημεία και να πει στον κόσμο μας τι να προσέχει.",
        "hu": "Tavaly hackerek titkosították a szervereinket. Szükségünk van valakire, aki átvizsgálja a hálózatunk gyenge "
        "pontjait, és elmondja a dolgozóknak, mire figyeljenek.",
    },
)

PLATFORM = Topic(
    name="data platform",
    activities=frozenset({"TBI-5.2"}),
    skills=frozenset(
        {"manage data", "manage standards for data exchange", "implement data quality processes", "data storage"}
        | {
            "perform data cleansing",
            "database",
            "data quality assessment",
            "data models",
            "manage data collection systems",
        }
        | {"information governance compliance", "data analytics", "data mining", "digital data processing"}
    ),
    technologies=frozenset({"big-data", "software-architectures", "cloud-services", "bi-tools"}),
    texts={
        "en": "Our data sit in six systems that cannot talk to each other. We need one platform where they are cleaned, "
        "stored and shared with our suppliers under clear rules.",
        "de": "Unsere Daten liegen in sechs Systemen, die nicht miteinander reden. Wir brauchen eine Plattform, auf der sie "
        "bereinigt, gespeichert und nach klaren Regeln mit Lieferanten geteilt werden.",
        "fr": "Nos données sont dans six systèmes qui ne communiquent pas. Il nous faut une plateforme où elles sont "
        "nettoyées, stockées et partagées avec nos fournisseurs selon des règles claires.",
        "es": "Nuestros datos están en seis sistemas que no se comunican entre sí. Necesitamos una plataforma donde se limpien, "
        "se guarden y se compartan con los proveedores con reglas claras.",
        "it": "I nostri dati stanno in sei sistemi che non comunicano tra loro. Ci serve una piattaforma dove siano ripuliti, "
        "archiviati e condivisi con i fornitori secondo regole chiare.",
        "pl": "Nasze dane są w sześciu systemach, które się ze sobą nie komunikują. Potrzebujemy jednej platformy, na której "
        "będą czyszczone, przechowywane i udostępniane dostawcom według jasnych zasad.",
        "el": "Τα δεδομένα μας βρίσκονται σε έξι συστήματα που δεν επικοινωνούν μεταξύ τους. Χρειαζόμαστε μία πλατφόρμα όπου θα "
        "καθαρίζονται, θα αποθηκεύονται και θα μοιράζονται με τους προμηθευτές μας με σαφείς κανόνες.",
        "hu": "Az adataink hat olyan rendszerben vannak, amelyek nem beszélnek egymással. Egyetlen platformra van szükségünk, "
        "ahol megtisztítjuk, tároljuk és világos szabályok szerint megosztjuk őket a beszállítókkal.",
    },
)

TOPICS = (MAINTENANCE, TRAFFIC, ETHICS, FUNDING, TRAINING, SECURITY, PLATFORM)

IRRELEVANT = (
    "Hello, how are you?",
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
    "Guten Morgen, wie geht es Ihnen heute? Das Wetter ist schön.",
    "We had pizza and a walk along the river on Sunday.",
    "Mi abuela cocina muy bien y vive cerca del mar.",
    "asdf qwer zxcv",
    "Merci beaucoup et à bientôt.",
    "Zamówiliśmy dwie kawy i ciasto.",
)
