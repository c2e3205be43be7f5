"""Words that say whether something is a must-have or a nice-to-have, in 28 languages.

Phrases are parted by ``|``. A star stands for any ending, accents and capitals do not matter. Of phrases that begin at one word the
longest counts, so a phrase that turns another round ("not optional") stands beside it. Words of plain asking ("we need", "wir brauchen")
are no cues: everything in a need is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Cues:
    """Phrases of one language. ``turning``: words that turn a cue behind them round. ``but``: words that end its reach."""

    must: str
    nice: str
    turning: str
    but: str


CUES: Mapping[str, Cues] = MappingProxyType(
    {
        "bg": Cues(
            "трябва|задължител*|непременно|абсолютно необходим*|от съществено значение|наложително",
            "в идеалния случай|идеално|по възможност|ако е възможно|за предпочитане|желателно|пожелателно|би било хубаво|"
            "би било добре|би било полезно|като бонус|не е нужно|не е необходимо|не е задължително|не е нужно да|по избор|предимство",
            "не",
            "но|обаче",
        ),
        "cs": Cues(
            "musí|musíme|musejí|nezbytn*|bezpodmínečně|povinn*|nutn*|rozhodně|zásadní",
            "ideálně|v ideálním případě|pokud možno|je li to možné|nejlépe|výhodou|vítan*|bylo by hezké|bylo by dobré|bylo by fajn|"
            "nemusí|není nutn*|není nezbytn*|není povinn*|volitelně|nepovinn*|případně",
            "ne|není",
            "ale|avšak|však",
        ),
        "da": Cues(
            "skal|må ikke|absolut|ubetinget|nødvendig*|afgørende|obligatorisk*|et krav|ufravigelig*",
            "ideelt set|helst|om muligt|hvis muligt|hvis det er muligt|ønskelig*|en fordel|et plus|ville være rart|ville være godt|"
            "ville være dejligt|behøver ikke|er ikke nødvendig*|valgfri*|eventuelt",
            "ikke",
            "men|dog",
        ),
        "de": Cues(
            "muss|müssen|müsste|müssten|unbedingt|zwingend*|unverzichtbar*|unabdingbar*|unerlässlich*|zwingend erforderlich|erforderlich*|"
            "notwendig*|verpflichtend*|pflicht|muss kriterium|darf nicht|dürfen nicht|auf jeden fall|in jedem fall|voraussetzung",
            "idealerweise|im idealfall|am besten|wenn möglich|falls möglich|wenn es geht|nach möglichkeit|wünschenswert*|"
            "wäre schön|wäre gut|wäre nett|wäre toll|wäre hilfreich|wären schön|wären hilfreich|schön wäre|schön wären|gut wäre|toll wäre|"
            "von vorteil|ein plus|bonus|optional*|muss nicht|müssen nicht|nicht unbedingt|nicht zwingend*|kein muss|keine pflicht|eventuell|"
            "kann kriterium",
            "nicht|kein|keine",
            "aber|jedoch|sondern|allerdings",
        ),
        "el": Cues(
            "πρέπει|απαραίτητ*|οπωσδήποτε|υποχρεωτικ*|αναγκαί*|απολύτως|απαιτείται|απαιτούνται|προϋπόθεση",
            "ιδανικά|κατά προτίμηση|αν είναι δυνατόν|εάν είναι δυνατόν|αν γίνεται|ει δυνατόν|επιθυμητ*|θα ήταν καλό|θα ήταν ωραίο|θα ήταν χρήσιμο|"
            "προαιρετικ*|δεν είναι απαραίτητ*|δεν χρειάζεται|δεν πρέπει απαραίτητα|πλεονέκτημα|ενδεχομένως",
            "δεν|όχι|μη",
            "αλλά|όμως|ωστόσο",
        ),
        "en": Cues(
            "must|must not|must have|have to|has to|essential|indispensable|mandatory|compulsory|required|imperative|crucial|"
            "absolutely|definitely|a requirement|a condition|not optional|non negotiable|in any case|by all means|cannot do without",
            "ideally|in an ideal world|preferably|if possible|where possible|if at all possible|nice to have|would be nice|would be good|"
            "would be great|would be helpful|would be welcome|would be a plus|a plus|a bonus|as a bonus|an advantage|desirable|optional|"
            "optionally|welcome|need not|needn t|not essential|not necessary|not required|not a must|not strictly|don t have to|"
            "do not have to|does not have to|doesn t have to|do not need|don t need|not mandatory|possibly|perhaps also|at best",
            "not|never|no",
            "but|however|yet|whereas",
        ),
        "es": Cues(
            "debe|deben|tiene que|tienen que|hay que|imprescindible*|indispensable*|obligatori*|esencial*|"
            "fundamental*|sin falta|necesariamente|requisito|no es opcional",
            "idealmente|lo ideal sería|a ser posible|si es posible|si fuera posible|preferiblemente|preferentemente|de preferencia|deseable*|"
            "estaría bien|sería bueno|sería ideal|sería deseable|sería un plus|nos gustaría también|opcional*|opcionalmente|no es necesari*|"
            "no es imprescindible|no es obligatori*|no hace falta|no tiene que|como extra|se valorará|una ventaja",
            "no|nunca",
            "pero|sino|aunque",
        ),
        "et": Cues(
            "peab|peavad|tingimata|kindlasti|hädavajalik*|kohustuslik*|vältimatu*|möödapääsmatu*",
            "ideaalis|ideaaljuhul|võimalusel|võimaluse korral|kui võimalik|soovitavalt|soovitav*|eelistatult|hea oleks|oleks hea|oleks tore|"
            "oleks kasuks|tuleks kasuks|ei pea|ei ole vajalik|pole vajalik|pole kohustuslik|valikuline|valikuliselt",
            "ei|pole|mitte",
            "aga|kuid|vaid",
        ),
        "fi": Cues(
            "täytyy|pitää olla|on pakko|ehdottomasti|välttämät*|pakollinen|pakollista|pakollisia|edellytys|on oltava",
            "mieluiten|ihanteellisesti|ihannetapauksessa|jos mahdollista|mikäli mahdollista|mahdollisuuksien mukaan|toivottav*|olisi hyvä|"
            "olisi kiva|olisi mukava|olisi hienoa|olisi eduksi|eduksi|plussaa|ei tarvitse|ei ole välttämät*|ei välttämättä|"
            "ei ole pakollinen|ei pakollinen|valinnainen|valinnaisesti",
            "ei|eivät",
            "mutta|vaan",
        ),
        "fr": Cues(
            "doit|doivent|il faut|faut absolument|impérativement|impératif|impérative|indispensable*|obligatoire*|obligatoirement|essentiel*|"
            "absolument|nécessairement|incontournable*|exigé*|sans faute|ne doit pas|ne doivent pas",
            "idéalement|l idéal serait|dans l idéal|si possible|de préférence|préférablement|souhaitable*|souhaité*|serait bien|serait un plus|"
            "un plus|serait utile|serait appréciable|serait bienvenu*|apprécié*|en option|optionnel*|facultatif|facultative*|éventuellement|"
            "le cas échéant|pas indispensable*|pas obligatoire*|pas essentiel*|pas nécessairement|pas absolument|pas nécessaire*|"
            "il ne faut pas forcément|pas forcément|n est pas exigé*|un atout",
            "pas|non|jamais",
            "mais|cependant|toutefois|en revanche",
        ),
        "ga": Cues(
            "caithfidh|ní mór|is gá|riachtanach*|éigeantach*|gan teip|ní foláir",
            "b fhearr|más féidir|más féidir é|go hidéalach|b iontach|ba mhaith an rud|bheadh sé go maith|bheadh sé go deas|roghnach*|"
            "ní gá|níl sé riachtanach|buntáiste",
            "ní|níl|nach",
            "ach",
        ),
        "hr": Cues(
            "mora|moraju|moramo|obavezno|obvezn*|nužn*|neophodn*|svakako|bezuvjetno|ključno|preduvjet",
            "idealno|u idealnom slučaju|po mogućnosti|ako je moguće|ako je ikako moguće|najbolje|poželjan|poželjn*|bilo bi lijepo|bilo bi dobro|"
            "bilo bi korisno|bila bi prednost|prednost|nije nužn*|nije obvezn*|nije neophodn*|ne mora|ne moraju|opcionalno|neobvezn*|po želji",
            "ne|nije",
            "ali|no|međutim|nego",
        ),
        "hu": Cues(
            "kell|mindenképpen|feltétlenül|feltétlen|elengedhetetlen*|nélkülözhetetlen*|kötelező|kötelezően|alapfeltétel|muszáj|"
            "nem opcionális",
            "ideális esetben|ideálisan|lehetőleg|ha lehet|ha lehetséges|ha megoldható|jó lenne|jó volna|szép lenne|szerencsés lenne|"
            "hasznos lenne|kívánatos*|opcionális*|előny|előnyt jelent|nem kell|nem muszáj|nem szükséges|nem feltétlenül|nem kötelező|esetleg",
            "nem|ne",
            "de|azonban|viszont|hanem",
        ),
        "is": Cues(
            "verður að|verða að|þarf að vera|nauðsynleg*|algjörlega|algerlega|skylda|skilyrði|óhjákvæmileg*|bráðnauðsynleg*",
            "helst|ef hægt er|ef mögulegt er|ef unnt er|æskileg*|gott væri|væri gott|væri fínt|væri kostur|kostur|valfrjáls*|"
            "þarf ekki|ekki nauðsynleg*|ekki skylda|hugsanlega",
            "ekki",
            "en|hins vegar",
        ),
        "it": Cues(
            "deve|devono|bisogna|occorre assolutamente|è indispensabile|indispensabil*|obbligatori*|essenzial*|fondamental*|assolutamente|"
            "necessariamente|imprescindibil*|tassativ*|requisito|non è opzionale|non deve|non devono",
            "idealmente|l ideale sarebbe|possibilmente|se possibile|preferibilmente|preferibile|di preferenza|auspicabil*|desiderabil*|"
            "sarebbe bello|sarebbe bene|sarebbe utile|sarebbe gradit*|gradit*|opzional*|facoltativ*|non è necessari*|non è indispensabil*|"
            "non è obbligatori*|non necessariamente|non serve|non occorre|eventualmente|un plus|un vantaggio|magari",
            "non|mai",
            "ma|però|tuttavia|bensì",
        ),
        "lt": Cues(
            "privalo|turi būti|būtina|būtinas|būtini|būtinai|privalom*|privaloma|neišvengiam*",
            "idealiu atveju|pageidautina|pageidaujam*|jei įmanoma|jei galima|esant galimybei|geriausia|būtų gerai|būtų puiku|būtų naudinga|"
            "privalumas|nebūtina|nebūtinai|neprivalom*|neprivalo|pasirinktinai|galbūt",
            "ne|nėra",
            "bet|tačiau|o",
        ),
        "lv": Cues(
            "jābūt|obligāt*|noteikti|nepieciešams obligāti|katrā ziņā|būtisk*|neatņemam*|priekšnoteikums",
            "ideālā gadījumā|ideāli|vēlams|vēlama|vēlami|ja iespējams|pēc iespējas|būtu labi|būtu jauki|būtu noderīgi|priekšrocība|"
            "nav obligāt*|nav nepieciešam*|nav jābūt|pēc izvēles|neobligāt*|varbūt",
            "ne|nav",
            "bet|taču|tomēr",
        ),
        "mt": Cues(
            "irid|iridu|għandu jkun|għandha tkun|obbligatorj*|essenzjali|indispensabbli|meħtieġ assolutament|bilfors",
            "idealment|jekk possibbli|jekk ikun possibbli|preferibbilment|ikun sabiħ|ikun tajjeb|ikun ta għajnuna|mixtieq|mhux obbligatorj*|"
            "mhux essenzjali|mhux meħtieġ|mhux bilfors|fakultattiv*|vantaġġ|forsi",
            "mhux|ma",
            "imma|iżda|però",
        ),
        "nl": Cues(
            "moet|moeten|mag niet|mogen niet|absoluut|beslist|noodzakelijk*|onmisbaar|onmisbare|verplicht*|essentieel|essentiële|vereist*|"
            "een vereiste|in ieder geval|per se|niet optioneel",
            "idealiter|liefst|het liefst|bij voorkeur|indien mogelijk|als het kan|als dat kan|zo mogelijk|wenselijk*|gewenst*|"
            "zou fijn zijn|zou mooi zijn|zou leuk zijn|zou handig zijn|zou prettig zijn|een plus|een pluspunt|een pre|optioneel|optionele|"
            "niet noodzakelijk*|niet verplicht*|niet per se|hoeft niet|hoeven niet|niet essentieel|eventueel|mooi meegenomen",
            "niet|geen",
            "maar|echter",
        ),
        "no": Cues(
            "må|skal|må ikke|absolutt|ubetinget|nødvendig*|avgjørende|obligatorisk*|påkrevd|et krav",
            "ideelt sett|helst|om mulig|hvis mulig|dersom mulig|hvis det er mulig|ønskelig*|en fordel|et pluss|ville vært fint|"
            "hadde vært fint|hadde vært bra|ville vært bra|ville vært nyttig|trenger ikke|er ikke nødvendig*|ikke et krav|valgfri*|eventuelt",
            "ikke",
            "men|imidlertid",
        ),
        "pl": Cues(
            "musi|muszą|musimy|koniecznie|konieczn*|niezbędn*|obowiązkow*|bezwzględnie|wymagan*|warunkiem|nie może|nie mogą|"
            "przynajmniej",
            "najlepiej|idealnie|w idealnym przypadku|jeśli to możliwe|jeżeli to możliwe|o ile to możliwe|w miarę możliwości|mile widzian*|"
            "byłoby miło|byłoby dobrze|dobrze byłoby|byłoby super|przydałoby się|pożądan*|opcjonalnie|opcjonaln*|ewentualnie|nie musi|nie muszą|"
            "nie jest konieczn*|nie jest wymagan*|niekonieczn*|nieobowiązkow*|dodatkowym atutem|atutem",
            "nie",
            "ale|lecz|jednak|natomiast",
        ),
        "pt": Cues(
            "deve|devem|tem de|têm de|tem que|têm que|é preciso|imprescindíve*|indispensáve*|obrigatóri*|essencia*|fundamenta*|"
            "obrigatoriamente|necessariamente|sem falta|requisito|não é opcional|não deve|não pode",
            "idealmente|o ideal seria|se possível|de preferência|preferencialmente|desejáve*|seria bom|seria ótimo|seria útil|seria desejável|"
            "opcional|opcionais|facultativ*|não é necessári*|não é obrigatóri*|não é indispensável|não é preciso|não precisa|eventualmente|"
            "uma mais valia|uma vantagem|um extra",
            "não|nunca",
            "mas|porém|contudo|no entanto",
        ),
        "ro": Cues(
            "trebuie|neapărat|obligatori*|indispensabil*|esențial*|absolut necesar*|imperativ|cerință|în mod necesar",
            "ideal ar fi|în mod ideal|ideal|dacă se poate|dacă este posibil|pe cât posibil|de preferat|preferabil|de dorit|ar fi bine|"
            "ar fi frumos|ar fi util|ar fi un plus|un plus|un avantaj|opțional*|nu este necesar*|nu este obligatori*|nu e neapărat|nu neapărat|"
            "nu trebuie neapărat|eventual|facultativ*",
            "nu|niciodată",
            "dar|însă|ci|totuși",
        ),
        "sk": Cues(
            "musí|musia|musíme|nevyhnutn*|bezpodmienečne|povinn*|určite|nutn*|zásadné",
            "ideálne|v ideálnom prípade|podľa možnosti|ak je to možné|pokiaľ možno|najlepšie|výhodou|vítan*|bolo by pekné|bolo by dobré|"
            "bolo by fajn|nemusí|nemusia|nie je nutn*|nie je nevyhnutn*|nie je povinn*|voliteľn*|nepovinn*|prípadne",
            "nie",
            "ale|avšak|však",
        ),
        "sl": Cues(
            "mora|morajo|moramo|nujno|nujn*|obvezno|obvezn*|neizogibn*|vsekakor|brezpogojno|bistveno|pogoj",
            "idealno|v idealnem primeru|po možnosti|če je mogoče|če je le mogoče|najbolje|zaželen*|želeno|lepo bi bilo|dobro bi bilo|"
            "bilo bi lepo|bilo bi dobro|bilo bi koristno|prednost|ni nujn*|ni obvezn*|ni treba|ni potrebn*|neobvezn*|izbirno|morebiti",
            "ne|ni",
            "ampak|vendar|toda|pa",
        ),
        "sv": Cues(
            "måste|får inte|absolut|ovillkorligen|nödvändig*|avgörande|obligatorisk*|ett krav|krävs|oumbärlig*",
            "helst|idealiskt|i bästa fall|om möjligt|om det går|önskvär*|meriterande|vore bra|vore trevligt|vore fint|skulle vara bra|"
            "skulle vara trevligt|en fördel|ett plus|behöver inte|inte nödvändig*|inte obligatorisk*|inget krav|valfri*|eventuellt",
            "inte|ej",
            "men|däremot|dock",
        ),
        "tr": Cues(
            "mutlaka|kesinlikle|zorunlu*|şart|olmazsa olmaz|gereklidir|mecburi|zorunda|olmak zorunda",
            "ideal olarak|tercihen|mümkünse|eğer mümkünse|olabilirse|iyi olur|iyi olurdu|güzel olur|güzel olurdu|faydalı olur|isteğe bağlı|"
            "arzu edilen|opsiyonel|zorunlu değil|şart değil|gerekli değil|gerek yok|avantaj*|belki",
            "değil",
            "ama|ancak|fakat",
        ),
        "uk": Cues(
            "повинен|повинна|повинні|повинно|мусить|мусимо|обов язков*|обовʼязков*|необхідно|конче|неодмінно|вкрай|умовою",
            "в ідеалі|ідеально|бажано|бажан*|по можливості|за можливості|якщо можливо|якщо це можливо|було б добре|було б чудово|"
            "було б корисно|не обов язков*|не обовʼязков*|необов язков*|необовʼязков*|не потрібн*|перевагою|плюсом|опційно|за бажанням",
            "не|ні",
            "але|проте|однак|а",
        ),
    }
)
