package mail

import (
	"strings"

	"rapport/data"
)

// provider is a large provider of mailboxes, all at port 993 with TLS.
type provider struct {
	name    string
	domains string // of its addresses, between blanks
	mx      string // the ends of its mail exchangers' names, for domains of its customers
	host    string
	user    UserForm // WholeAddress if ""
	signIn  SignIn   // WithPassword if ""
	advice  string
	none    string // why mail programs cannot read its mailboxes
}

// providers are those whose servers have been the same for years, from their own
// help pages.
var providers = []provider{
	{
		name: "Google", domains: "gmail.com googlemail.com", mx: "google.com googlemail.com", host: "imap.gmail.com", signIn: WithAppPassword,
		advice: "Google wants an app password here, which needs 2-step verification; make one at myaccount.google.com/apppasswords",
	},
	{
		name: "Microsoft", host: "outlook.office365.com", signIn: InBrowser,
		domains: "outlook.com outlook.de outlook.fr outlook.es outlook.it outlook.at outlook.be outlook.cl outlook.cz outlook.dk outlook.hu outlook.ie outlook.in outlook.jp outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.tr outlook.com.vn outlook.co.id outlook.co.il outlook.co.th " +
			"hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es hotmail.nl hotmail.be hotmail.ca hotmail.ch hotmail.at hotmail.se hotmail.no hotmail.dk hotmail.fi hotmail.gr hotmail.cl hotmail.co.jp hotmail.co.th hotmail.co.kr hotmail.co.za hotmail.co.il hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.tr " +
			"live.com live.co.uk live.fr live.de live.it live.nl live.be live.ca live.at live.se live.no live.dk live.fi live.ie live.cl live.co.za live.com.ar live.com.au live.com.mx live.com.pt " +
			"msn.com windowslive.com passport.com",
		mx:     "mail.protection.outlook.com olc.protection.outlook.com mx.microsoft",
		advice: "Microsoft takes no password from mail programs; sign in in the browser",
	},
	{
		name: "iCloud", domains: "icloud.com me.com mac.com", mx: "mail.icloud.com", host: "imap.mail.me.com", signIn: WithAppPassword,
		advice: "Apple wants an app-specific password here, made at account.apple.com; with a domain of your own, sign in as your iCloud address",
	},
	{
		name: "Yahoo", host: "imap.mail.yahoo.com", signIn: WithAppPassword,
		domains: "yahoo.com ymail.com rocketmail.com myyahoo.com cox.net yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.se yahoo.dk yahoo.no yahoo.pl yahoo.ro yahoo.gr yahoo.ie yahoo.ca yahoo.in yahoo.co.in yahoo.co.uk yahoo.co.nz yahoo.co.id yahoo.co.th yahoo.co.za yahoo.com.au yahoo.com.ar yahoo.com.br yahoo.com.mx yahoo.com.co yahoo.com.pe yahoo.com.ph yahoo.com.sg yahoo.com.hk yahoo.com.tw yahoo.com.vn yahoo.com.my yahoo.com.tr",
		advice:  "Yahoo wants an app password here; make one under Account security",
	},
	{
		name: "AOL", domains: "aol.com aol.co.uk aol.de aol.fr aim.com love.com ygm.com games.com wow.com verizon.net", host: "imap.aol.com", signIn: WithAppPassword,
		advice: "AOL wants an app password here; make one under Account security",
	},
	{
		name: "GMX", domains: "gmx.net gmx.de gmx.at gmx.ch gmx.eu gmx.biz gmx.org gmx.info", mx: "emig.gmx.net", host: "imap.gmx.net",
		advice: "Switch on IMAP in GMX's mail settings first; with two-factor authentication GMX wants an app password",
	},
	{
		name: "GMX", domains: "gmx.com gmx.us gmx.co.uk gmx.fr gmx.es gmx.it gmx.pt gmx.se", host: "imap.gmx.com",
		advice: "Switch on IMAP in GMX's mail settings first; with two-factor authentication GMX wants an app password",
	},
	{
		name: "WEB.DE", domains: "web.de email.de", host: "imap.web.de",
		advice: "Switch on IMAP in WEB.DE's mail settings first; with two-factor authentication WEB.DE wants an app password",
	},
	{name: "mail.com", domains: "mail.com email.com usa.com", host: "imap.mail.com", advice: "mail.com has IMAP for Premium mailboxes, and it must be switched on in the settings"},
	{
		name: "T-Online", domains: "t-online.de magenta.de", host: "secureimap.t-online.de", signIn: WithAppPassword,
		advice: "Telekom wants its e-mail password here, which is not that of the web page; set one in its customer centre",
	},
	{name: "freenet", domains: "freenet.de", host: "mx.freenet.de", advice: "Switch on IMAP in freenet's mail settings first"},
	{
		name: "Fastmail", domains: "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.co.uk fastmail.de fastmail.jp fastmail.us sent.com", mx: "messagingengine.com",
		host: "imap.fastmail.com", signIn: WithAppPassword, advice: "Fastmail wants an app password here; make one under Privacy and security",
	},
	{name: "Zoho", domains: "zoho.com zohomail.com", host: "imap.zoho.com", advice: zohoAdvice},
	{name: "Zoho", domains: "zoho.eu zohomail.eu", host: "imap.zoho.eu", advice: zohoAdvice},
	{name: "Zoho", domains: "zoho.in zohomail.in", host: "imap.zoho.in", advice: zohoAdvice},
	{name: "Zoho", mx: "zoho.com", host: "imappro.zoho.com", advice: zohoAdvice},
	{name: "Zoho", mx: "zoho.eu", host: "imappro.zoho.eu", advice: zohoAdvice},
	{name: "Zoho", mx: "zoho.in", host: "imappro.zoho.in", advice: zohoAdvice},
	{name: "mailbox.org", domains: "mailbox.org", mx: "mailbox.org", host: "imap.mailbox.org", advice: "With two-factor authentication mailbox.org wants an app password"},
	{name: "Posteo", domains: "posteo.de posteo.net posteo.eu posteo.at posteo.ch posteo.nl posteo.org", host: "posteo.de"},
	{name: "Migadu", mx: "migadu.com", host: "imap.migadu.com"},
	{name: "Orange", domains: "orange.fr wanadoo.fr", host: "imap.orange.fr"},
	{name: "Free", domains: "free.fr", host: "imap.free.fr", user: LocalPart},
	{name: "Libero", domains: "libero.it inwind.it iol.it blu.it giallo.it", host: "imapmail.libero.it"},
	{name: "Ziggo", domains: "ziggo.nl ziggomail.com casema.nl upcmail.nl chello.nl home.nl quicknet.nl multiweb.nl", host: "imap.ziggo.nl"},
	{name: "Comcast", domains: "comcast.net", host: "imap.comcast.net", advice: "Allow other mail programs in Xfinity's mail settings first"},
	{
		name: "AT&T", domains: "att.net ameritech.net bellsouth.net currently.com flash.net nvbell.net pacbell.net prodigy.net sbcglobal.net snet.net swbell.net wans.net",
		host: "imap.mail.att.net", signIn: WithAppPassword, advice: "AT&T wants a secure mail key here in place of the password; make one in your AT&T profile",
	},
	{name: "Spectrum", domains: "charter.net spectrum.net bresnan.net", host: "mobile.charter.net"},
	{
		name: "Yandex", domains: "yandex.com yandex.ru yandex.by yandex.kz ya.ru narod.ru", mx: "mx.yandex.net mx.yandex.ru", host: "imap.yandex.com", signIn: WithAppPassword,
		advice: "Yandex wants an app password here; switch on IMAP in its mail settings first",
	},
	{
		name: "Mail.ru", domains: "mail.ru bk.ru inbox.ru list.ru internet.ru", host: "imap.mail.ru", signIn: WithAppPassword,
		advice: "Mail.ru wants an app password here; make one under Security",
	},
	{name: "IONOS", mx: "kundenserver.de ionos.de", host: "imap.ionos.de"},
	{name: "IONOS", mx: "ionos.com 1and1.com", host: "imap.ionos.com"},
	{name: "IONOS", mx: "ionos.co.uk 1and1.co.uk", host: "imap.ionos.co.uk"},
	{name: "IONOS", mx: "ionos.fr", host: "imap.ionos.fr"},
	{name: "IONOS", mx: "ionos.es", host: "imap.ionos.es"},
	{name: "STRATO", mx: "rzone.de", host: "imap.strato.de"},
	{name: "Gandi", mx: "mail.gandi.net", host: "mail.gandi.net"},
	{name: "Rackspace", mx: "emailsrvr.com", host: "secure.emailsrvr.com"},
	{name: "Namecheap", mx: "privateemail.com", host: "mail.privateemail.com"},
	{
		name: "Proton Mail", domains: "proton.me protonmail.com protonmail.ch pm.me", mx: "protonmail.ch",
		none: "Proton Mail lets mail programs in through its Bridge only, which runs on your laptop and shows the server, port and password to use",
	},
	{
		name: "Tuta", domains: "tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me", mx: "tutanota.de",
		none: "Tuta lets no mail program in; Rapport cannot read its mailboxes",
	},
	{name: "HEY", domains: "hey.com", none: "HEY lets no mail program in; Rapport cannot read its mailboxes"},
}

const zohoAdvice = "Switch on IMAP in Zoho's mail settings first; with two-factor authentication Zoho wants an app password"

// providerOf finds a large provider by the domain of an address.
func providerOf(domain string) (provider, bool) {
	for _, p := range providers {
		for d := range strings.FieldsSeq(p.domains) {
			if d == domain {
				return p, true
			}
		}
	}
	return provider{}, false
}

// providerBehind finds a large provider by the name of a mail exchanger.
func providerBehind(mx string) (provider, bool) {
	for _, p := range providers {
		for end := range strings.FieldsSeq(p.mx) {
			if mx == end || strings.HasSuffix(mx, "."+end) {
				return p, true
			}
		}
	}
	return provider{}, false
}

// providerAt finds a large provider by the name of its mail server.
func providerAt(host string) (provider, bool) {
	for _, p := range providers {
		if p.host == host && host != "" {
			return p, true
		}
	}
	return provider{}, false
}

// found is the way to a mailbox at the provider.
func (p provider) found(f *search, by FoundBy) Found {
	way := Found{
		Host: p.host, Port: 993, Security: data.TLS, User: f.address, UserForm: WholeAddress,
		Provider: p.name, By: by, SignIn: WithPassword, Advice: p.advice,
	}
	if p.user == LocalPart {
		way.User, way.UserForm = f.local, LocalPart
	}
	if p.signIn != "" {
		way.SignIn = p.signIn
	}
	return way
}
