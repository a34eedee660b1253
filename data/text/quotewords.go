package text

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words by which mail programs introduce history and sign, in the languages they are sold in.

type attribution int

const (
	attributionNone  attribution = iota
	attributionPlain             // "Karin Holt wrote:", believed only above marked lines
	attributionDated             // "On Mon, 2 Apr 2012 at 18:26 Karin Holt wrote:", believed alone
)

var (
	wroteWord = regexp.MustCompile(`(?i)(?:^|[\s\x{a0}>)"“”,])(?:wrote|writes|schrieb|schreibt|a\s+écrit|écrivait|écrit|schreef|escribió|escribio|ha\s+scritto|scrive|skrev|skreiv|napisał(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|escreveu|kirjoitti|írta|a\s+scris|написал(?:\(а\)|а)?|пишет|писал(?:\(а\)|а)?|έγραψε|yazdı)(?:[\s\x{a0}:,<"“]|$)|写道|寫道|さんは書きました|のメール`)
	whenOpens = regexp.MustCompile(`(?i)^[\s"*]*(?:on|am|le|op|el|il|den|d\.|em|no dia|dnia|w dniu|dne|at|a las|în|στις|\d{1,2}[./ ]|\d{4}[-./年]|[\pL]{2,10}[.,]+\s+\d{1,2}[. ]|[\pL]{2,10}\s+\d{1,2}[. ]\s*[\pL]{3,})`)
	whenSaid  = regexp.MustCompile(`\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d{2}\b|\d{1,2}/\d{1,2}/\d{2,4}|年`)
)

// judgeAttribution says whether a text, lines joined, introduces a quote.
func judgeAttribution(s string) attribution {
	dated := saysYear(s) || whenSaid.MatchString(s)
	if strings.HasSuffix(s, " wrote:") || wroteWord.MatchString(s) {
		if dated && (strings.HasPrefix(s, "On ") || whenOpens.MatchString(s)) {
			return attributionDated
		}
		return attributionPlain
	}
	if dated && strings.Contains(s, "@") || strings.HasPrefix(strings.ToLower(s), "quoting ") {
		return attributionPlain
	}
	return attributionNone
}

// saysYear says whether a text has a year of four digits by itself; it finds at
// once what whenSaid mostly finds.
func saysYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if y := s[i : i+2]; (y == "20" || y == "19") && isDigit(s[i+2]) && isDigit(s[i+3]) &&
			(i == 0 || !isWordByte(s[i-1])) && (i+4 == len(s) || !isWordByte(s[i+4])) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isWordByte says whether \b of an expression takes a byte for a word's.
func isWordByte(b byte) bool {
	return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}

func endsInColon(s string) bool {
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}

// separators are what stands between dashes above an original or a forwarded mail.
var separators = words(
	"original message", "original appointment", "forwarded message", "forwarded by", "reply message",
	"ursprüngliche nachricht", "ursprüngliche mail", "originalnachricht", "original-nachricht", "weitergeleitete nachricht",
	"message d'origine", "message original", "message initial", "message transféré", "message transmis",
	"oorspronkelijk bericht", "origineel bericht", "oorspronkelijke bericht", "doorgestuurd bericht",
	"mensaje original", "mensaje reenviado", "mensaje anterior",
	"messaggio originale", "messaggio inoltrato",
	"oprindelig meddelelse", "original meddelelse", "videresendt besked", "videresendt meddelelse", "oprindelig besked",
	"ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande",
	"opprinnelig melding", "videresendt melding",
	"wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "przekazana wiadomość", "treść przekazanej wiadomości",
	"mensagem original", "mensagem encaminhada", "původní zpráva", "přeposlaná zpráva", "alkuperäinen viesti", "välitetty viesti",
	"исходное сообщение", "пересылаемое сообщение", "eredeti üzenet", "orijinal mesaj",
	"原始邮件", "原始郵件", "转发邮件", "邮件原件", "元のメッセージ", "original message by",
)

// forwards are lines without dashes that introduce a forwarded mail.
var forwards = words(
	"begin forwarded message:", "anfang der weitergeleiteten nachricht:", "anfang der weitergeleiteten e-mail:",
	"début du message réexpédié :", "début du message transféré :", "begin doorgestuurd bericht:",
	"inicio del mensaje reenviado:", "inizio messaggio inoltrato:", "start på videresendt besked:",
	"vidarebefordrat brev:", "start på vidarebefordrat meddelande:", "videresendt melding:", "początek przekazywanej wiadomości:",
)

// drawn is what lines are drawn of.
const drawn = "-–—_=*"

// isSeparator says whether a line stands above an original or a forwarded mail.
func isSeparator(line string) bool {
	if len(line) > 120 || len(line) < 8 {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(line); !strings.ContainsRune(drawn, first) && line[len(line)-1] != ':' {
		return false // most lines
	}
	lower := strings.ToLower(strings.ReplaceAll(line, "\u00a0", " "))
	if forwards[lower] {
		return true
	}
	inner := strings.Trim(lower, drawn+" ")
	return len(inner) < len(lower) && strings.IndexAny(lower, drawn) == 0 && separators[strings.ReplaceAll(inner, "’", "'")]
}

// isRule says whether a line is drawn: five or more of one of _ - = *.
func isRule(line string) bool {
	return len(line) >= 5 && strings.ContainsRune("_-=*", rune(line[0])) && strings.Trim(line, line[:1]) == ""
}

// header is a set of mail header fields.
type header uint

const (
	noHeader   header = 0
	fromHeader header = 1 << (iota - 1)
	dateHeader
	toHeader
	subjectHeader
	copyHeader
)

func (h header) count() int { return bits.OnesCount(uint(h)) }

var headers = func() map[string]header {
	all := map[string]header{}
	for h, names := range map[header][]string{
		fromHeader:    {"from", "von", "de", "van", "da", "fra", "från", "od", "lähettäjä", "от", "feladó", "kimden", "expéditeur", "mittente", "remitente", "afzender", "发件人", "寄件者", "差出人"},
		dateHeader:    {"sent", "date", "sent on", "gesendet", "datum", "envoyé", "envoyé le", "verzonden", "enviado", "enviado el", "enviada em", "fecha", "data", "inviato", "sendt", "dato", "skickat", "wysłano", "wysłane", "data wysłania", "odesláno", "lähetetty", "päivämäärä", "отправлено", "дата", "elküldve", "发送时间", "日期", "送信日時", "日付"},
		toHeader:      {"to", "an", "à", "a", "aan", "para", "til", "till", "do", "komu", "vastaanottaja", "кому", "címzett", "destinataire", "destinatario", "收件人", "宛先"},
		subjectHeader: {"subject", "betreff", "objet", "onderwerp", "asunto", "oggetto", "emne", "ämne", "temat", "assunto", "předmět", "aihe", "тема", "tárgy", "主题", "主旨", "件名"},
		copyHeader:    {"cc", "kopie", "kopia", "copie", "copia", "kopi", "bcc", "dw", "reply-to", "antwort an", "importance", "wichtigkeit", "attachments", "anlagen", "抄送"},
	} {
		for _, n := range names {
			all[n] = h
		}
	}
	return all
}()

// headerOf says which header field a line gives, as in "From: Karin" or "*Von :* Karin".
func headerOf(line string) header {
	i := colonIn(line)
	if i <= 0 || i > 40 {
		return noHeader
	}
	name := strings.TrimFunc(line[:i], func(r rune) bool { return r == '*' || unicode.IsSpace(r) })
	if r, _ := utf8.DecodeRuneInString(name); unicode.IsLower(r) {
		return noHeader
	}
	return headers[strings.ToLower(name)]
}

// colonIn is where the first colon of a line stands, or -1 where it is not near
// the beginning.
func colonIn(line string) int {
	const near = 41
	for i := range min(len(line), near) {
		if line[i] == ':' || line[i] == "："[0] && strings.HasPrefix(line[i:], "：") {
			return i
		}
	}
	return -1
}

// mailerLine matches the line that a telephone or mail program adds.
var mailerLine = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`sent (?:from|via|with) (?:my |a |an |the )?(?:\S+ ){0,4}(?:iphone|ipad|ipod|android|samsung\S*|galaxy\S*|phone|smartphone|mobile|mobile device|blackberry\S*|handheld|tablet|pixel\S*|huawei\S*|nokia\S*|outlook\S*|mail|yahoo\S*|sparrow|proton\S*|mailspring|superhuman|windows \d+|windows|surface|xperia\S*|htc\S*|nexus\S*|device)\b.{0,60}`,
	`sent from my \S+`,
	`get outlook for \S+.{0,60}`,
	`outlook für \S+ (?:beziehen|herunterladen).{0,60}`, `holen sie sich outlook für .{0,60}`,
	`(?:von meine[mr] .{1,30} gesendet|gesendet (?:von|mit|über) (?:meine[mr] |der |dem )?.{0,20}(?:iphone|ipad|handy|smartphone|mobiltelefon|mail|outlook|gmx|web\.de|telekom|samsung|galaxy|android).{0,40})`,
	`diese nachricht wurde von meinem .{1,40} gesendet.{0,20}`,
	`envoyé (?:de|depuis|à partir de) (?:mon|ma|l['’]|outlook|yahoo|courrier).{0,50}`,
	`(?:verzonden|verstuurd) (?:vanaf|vanuit|via|met) (?:mijn|outlook|mail).{0,50}`,
	`enviado (?:desde|do|de|a partir do) (?:mi|meu|outlook|correo|yahoo).{0,50}`,
	`inviato (?:da|dal|con) (?:il |mio |outlook|iphone|ipad|posta|yahoo|libero|smartphone).{0,50}`,
	`sendt fra (?:min|mit|outlook|mail).{0,50}`,
	`skickat (?:från|via) (?:min|mitt|outlook|e-post).{0,50}`,
	`wysłan[eo] z (?:mojego|iphone|ipad|outlook|telefonu|poczt).{0,50}`,
	`lähetetty .{1,40}(?:sta|stä|ista|istä)`, `отправлено с .{1,40}`, `iphoneから送信`, `发自我的.{1,30}`,
}, `|`) + `)[.!]?$`)

// isMailerLine says whether a line is a mail program's advertisement of itself.
func isMailerLine(line string) bool {
	if len(line) < 10 || len(line) > 120 {
		return false
	}
	line = strings.Trim(line, "*_ ")
	return mayBeMailerLine(line) && mailerLine.MatchString(line)
}

// mailerStarts are the first two letters of every mailerLine that begins with
// two letters of ASCII.
var mailerStarts = words("se", "ge", "ou", "ho", "vo", "di", "en", "ve", "in", "sk", "wy", "ip")

// mayBeMailerLine says no to most lines, at a hundredth of the expression's cost.
func mayBeMailerLine(line string) bool {
	if len(line) < 2 || line[0] >= utf8.RuneSelf || line[1] >= utf8.RuneSelf {
		return true
	}
	return mailerStarts[strings.ToLower(line[:2])]
}

// A disclaimer speaks of the message, and says two of the three things that lawyers want said of it.
var (
	ofTheMessage = []string{"e-mail", "email", "message", "communication", "transmission", "nachricht", "courriel", "bericht", "correo", "mensaje", "messaggio", "meddelande", "besked", "wiadomość", "notice"}
	legalSayings = [][]string{
		{"confidential", "privileged", "vertraulich", "confidentiel", "vertrouwelijk", "confidencial", "riservat", "konfidenti", "fortrolig", "poufn"},
		{"intended only", "intended solely", "solely for", "only for the", "intended recipient", "addressee", "intended for the", "named recipient", "richtige adressat", "rechtmäßige", "bestimmten empfänger", "vorgesehene", "destinataire", "geadresseerde", "destinatari", "avsedd", "tiltænkt", "adresat", "empfänger"},
		{"in error", "by mistake", "delete it", "unauthori", "prohibited", "disclos", "irrtümlich", "unbefugt", "vernichten", "par erreur", "abusivement", "onbedoeld", "per vergissing", "por error", "por equivocación", "per errore", "av misstag", "ved en fejl", "omyłkowo", "przez pomyłkę"},
	}
	bannerSayings = [][]string{
		{"originated from outside", "originated outside", "came from outside", "from an external sender", "external email", "external sender", "von einem externen", "von extern", "außerhalb der organisation", "provient de l'extérieur"},
		{"click", "caution", "attachment", "recogni", "be careful", "vorsicht", "anhänge", "klicken", "cliquez"},
	}
	greenSayings = []string{"consider the environment before printing", "think before you print", "denken sie an die umwelt, bevor", "bitte prüfen sie, ob diese mail wirklich ausgedruckt", "pensez à l'environnement avant d'imprimer", "denk aan het milieu voor"}
)

// lawyers are the groups of what disclaimers, banners and green lines say.
var lawyers = newSayings(slices.Concat(legalSayings, bannerSayings, [][]string{greenSayings, ofTheMessage})...)

// Bits of what lawyers finds.
var (
	legal  = uint(1)<<len(legalSayings) - 1
	banner = (uint(1)<<len(bannerSayings) - 1) << len(legalSayings)
	green  = uint(1) << (len(legalSayings) + len(bannerSayings))
	ofMail = green << 1
)

// isDisclaimer judges a paragraph.
func isDisclaimer(paragraph string) bool {
	const shortest, longest = 30, 6000
	if len(paragraph) < shortest || len(paragraph) > longest {
		return false
	}
	said := lawyers.in(strings.ToLower(paragraph))
	if said&banner == banner && len(paragraph) < 600 || len(paragraph) < 300 && said&green != 0 {
		return true
	}
	return bits.OnesCount(said&legal) >= 2 && len(paragraph) > 80 && said&ofMail != 0
}

// words makes a set.
func words(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, w := range list {
		set[w] = true
	}
	return set
}
