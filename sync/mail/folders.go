package mail

import (
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// role is what a folder is for, where that is known.
type role string

const (
	plainFolder role = ""
	inbox       role = "inbox"
	sent        role = "sent"
	everything  role = "all"
	leftOut     role = "left out"
)

// place is a folder on the server.
type place struct {
	name   string
	role   role
	delim  string
	drafts bool             // what is marked as a draft there is no mail
	status *imap.StatusData // nil when the server did not give it
}

// chosen is which folders are read, in which order: Inbox, Sent, the others by
// name. Bin, junk, drafts and templates stay out, and so do folders that only
// show mails of others (flagged, important). Where one folder holds everything
// (Gmail), each other folder is a label on mails that lie there too, so only
// Inbox and Sent are read before it.
//
// By the choice of the mailbox its Folders, if any, are exactly what is read
// instead, and its LeaveOut are not, nor what lies in them. Where a label is left
// out, the folder that holds everything would bring its mails nevertheless, so
// each other label is read in its place. missing are the names of the choice that
// the server does not have.
func chosen(listed []*imap.ListData, choice data.Mailbox) (places []place, missing []string) {
	all := placesOf(listed)
	out, missing := named(all, choice.LeaveOut)
	if len(choice.Folders) > 0 {
		places, unknown := named(all, choice.Folders)
		return withoutPlaces(places, out), append(unknown, missing...)
	}
	hasAll := slices.ContainsFunc(all, func(p place) bool { return p.role == everything })
	byLabel := hasAll && leavesLabel(out)
	for _, p := range all {
		switch {
		case p.role == leftOut, isBelow(p, all):
		case byLabel && p.role == everything:
		case hasAll && !byLabel && p.role == plainFolder:
		default:
			places = append(places, p)
		}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		if d := order(a) - order(b); d != 0 {
			return d
		}
		return strings.Compare(a.name, b.name)
	})
	return withoutPlaces(places, out), missing
}

// leavesLabel says whether mails that lie in the folder that holds everything
// too are left out.
func leavesLabel(out []place) bool {
	return slices.ContainsFunc(out, func(p place) bool { return p.role == plainFolder || p.role == inbox || p.role == sent })
}

// withoutPlaces is what of the places is none of out and lies in none of them.
func withoutPlaces(places, out []place) []place {
	return slices.DeleteFunc(places, func(p place) bool {
		return slices.ContainsFunc(out, func(o place) bool { return p.name == o.name || p.liesIn(o) })
	})
}

// liesIn says whether a folder lies in another.
func (p place) liesIn(up place) bool {
	return up.delim != "" && strings.HasPrefix(p.name, up.name+up.delim)
}

func order(p place) int {
	switch p.role {
	case inbox:
		return 0
	case sent:
		return 1
	}
	return 2
}

func named(all []place, wanted []string) (places []place, missing []string) {
	for _, name := range wanted {
		i := slices.IndexFunc(all, func(p place) bool { return isSpelled(p.name, name) })
		if i < 0 {
			missing = append(missing, name)
		} else if !slices.ContainsFunc(places, func(p place) bool { return p.name == all[i].name }) {
			places = append(places, all[i])
		}
	}
	return places, missing
}

// isSpelled compares a folder's name with what a user wrote: as people read it,
// or as it is on the wire.
func isSpelled(name, written string) bool {
	if name == written || name == "INBOX" && strings.EqualFold(written, name) {
		return true
	}
	decoded, err := decodeFolder(written)
	return err == nil && decoded == name
}

// isBelow says whether a folder lies in one that is left out.
func isBelow(p place, all []place) bool {
	return slices.ContainsFunc(all, func(up place) bool {
		return up.role == leftOut && p.liesIn(up)
	})
}

// placesOf are the folders that can be opened, with their roles: by the
// attributes that the server gives, and for a role that it gives to none, by
// usual names.
func placesOf(listed []*imap.ListData) []place {
	byAttribute := attributesOf(listed)
	var all []place
	for _, l := range listed {
		if slices.ContainsFunc(l.Attrs, isUnopenable) || slices.ContainsFunc(all, func(p place) bool { return p.name == l.Mailbox }) {
			continue
		}
		p := place{name: l.Mailbox, role: roleOf(l, byAttribute), status: l.Status}
		p.drafts = p.role == everything || purposeOf(l, byAttribute) == `\drafts`
		if l.Delim != 0 {
			p.delim = string(l.Delim)
		}
		all = append(all, p)
	}
	return all
}

// attributesOf are all attributes that the server gives, in lower case.
func attributesOf(listed []*imap.ListData) map[string]bool {
	given := map[string]bool{}
	for _, l := range listed {
		for _, a := range l.Attrs {
			given[strings.ToLower(string(a))] = true
		}
	}
	return given
}

func isUnopenable(a imap.MailboxAttr) bool {
	return strings.EqualFold(string(a), string(imap.MailboxAttrNoSelect)) || strings.EqualFold(string(a), string(imap.MailboxAttrNonExistent))
}

// attributes are the roles of RFC 6154 and its registry.
var attributes = map[string]role{
	`\sent`: sent, `\all`: everything,
	`\trash`: leftOut, `\junk`: leftOut, `\drafts`: leftOut,
	`\flagged`: leftOut, `\important`: leftOut,
}

func roleOf(l *imap.ListData, byAttribute map[string]bool) role {
	purpose := purposeOf(l, byAttribute)
	r, known := attributes[purpose]
	switch {
	case strings.EqualFold(l.Mailbox, "INBOX"):
		return inbox
	case purpose == "":
		return plainFolder
	case known:
		return r
	}
	return leftOut // templates and the outbox have no attribute
}

// purposeOf is the attribute that says what a folder is for, or that its usual
// name stands for; "" where there is none.
func purposeOf(l *imap.ListData, byAttribute map[string]bool) string {
	if strings.EqualFold(l.Mailbox, "INBOX") {
		return ""
	}
	for _, a := range l.Attrs {
		if attribute := strings.ToLower(string(a)); attributes[attribute] != "" {
			return attribute
		}
	}
	name := l.Mailbox
	if l.Delim != 0 {
		name = strings.TrimPrefix(name, "INBOX"+string(l.Delim))
	}
	attribute := usualNames[strings.ToLower(strings.TrimSpace(name))]
	if byAttribute[attribute] {
		return ""
	}
	return attribute
}

// usualNames are the names that servers and programs give to folders with a
// role, in lower case, with the attribute that they stand for.
var usualNames = namesOf(map[string]string{
	`\sent`: "sent|sent items|sent mail|sent messages|sent-mail|gesendet|gesendete objekte|gesendete elemente|gesendete nachrichten|" +
		"envoyés|messages envoyés|éléments envoyés|courrier envoyé|enviados|elementos enviados|mensajes enviados|itens enviados|mensagens enviadas|" +
		"posta inviata|inviata|inviati|verzonden|verzonden items|verzonden berichten|skickat|skickade objekt|sendt|sendte elementer|sendt post|" +
		"lähetetyt|wysłane|elementy wysłane|odeslané|odeslaná pošta|odoslané|elküldött|elküldött elemek|trimise|отправленные|надіслані|已发送|已发送邮件|寄件備份|送信済み|送信済みアイテム|보낸편지함",
	`\trash`: "trash|deleted|deleted items|deleted messages|bin|papierkorb|gelöschte objekte|gelöschte elemente|gelöscht|corbeille|éléments supprimés|" +
		"messages supprimés|papelera|elementos eliminados|eliminados|lixeira|itens excluídos|cestino|posta eliminata|eliminati|prullenbak|verwijderde items|" +
		"papperskorg|papperskorgen|borttagna objekt|slettet post|slettede elementer|papirkurv|roskakori|poistetut|kosz|elementy usunięte|koš|odstraněná pošta|kôš|kuka|törölt elemek|coș de gunoi|корзина|удаленные|кошик|已删除|已删除邮件|已刪除的郵件|ゴミ箱|削除済みアイテム|휴지통",
	`\junk`: "junk|junk e-mail|junk email|junk mail|spam|bulk mail|unerwünscht|junk-e-mail|spamverdacht|indésirables|courrier indésirable|pourriel|" +
		"correo no deseado|no deseado|lixo eletrônico|lixo eletrónico|posta indesiderata|indesiderata|ongewenste e-mail|ongewenst|skräppost|søppelpost|uønsket e-post|uønsket mail|" +
		"roskaposti|wiadomości-śmieci|nevyžádaná pošta|nevyžiadaná pošta|levélszemét|спам|нежелательная почта|垃圾邮件|垃圾郵件|迷惑メール|스팸메일함",
	`\drafts`:    "drafts|draft|entwürfe|entwurf|brouillons|borradores|rascunhos|bozze|concepten|utkast|kladder|luonnokset|szkice|wersje robocze|koncepty|rozepsané|piszkozatok|ciorne|черновики|чернетки|草稿|草稿箱|下書き|임시보관함",
	`\templates`: "templates|vorlagen|modèles|plantillas|modelos|modelli|sjablonen|mallar",
	`\outbox`:    "outbox|postausgang|boîte d'envoi|bandeja de salida|caixa de saída|posta in uscita|postvak uit|utkorg|unsent messages",
})

func namesOf(lists map[string]string) map[string]string {
	names := map[string]string{}
	for attribute, list := range lists {
		for name := range strings.SplitSeq(list, "|") {
			names[name] = attribute
		}
	}
	return names
}

// usualFolders are the folders to try one by one on a server whose list cannot be
// read.
var usualFolders = []string{"INBOX", "Sent", "Sent Items", "Sent Messages", "Gesendet", "INBOX.Sent", "INBOX/Sent", "Archive", "INBOX.Archive"}
