package data

import "strings"

// IsPublicDomain says whether people of many organisations have addresses in
// the domain, so that it can never name an account. Extra domains are the
// team's own additions.
func IsPublicDomain(domain string, extra []string) bool {
	domain = NormalDomain(domain)
	if publicDomains[domain] {
		return true
	}
	for _, e := range extra {
		if domain == NormalDomain(e) {
			return true
		}
	}
	name, _, _ := strings.Cut(domain, ".")
	return publicFamilies[name] && strings.Count(domain, ".") <= 2
}

// publicFamilies are providers with a domain in many countries (yahoo.co.uk).
var publicFamilies = setOf("yahoo", "hotmail", "outlook", "live", "gmx")

var publicDomains = setOf(
	"gmail.com", "googlemail.com", "msn.com", "passport.com", "ymail.com", "rocketmail.com",
	"icloud.com", "me.com", "mac.com", "aol.com", "aim.com", "proton.me", "protonmail.com", "protonmail.ch", "pm.me",
	"tutanota.com", "tutanota.de", "tuta.io", "tuta.com", "fastmail.com", "fastmail.fm", "hey.com", "zoho.com", "zohomail.com", "zohomail.eu",
	"mail.com", "email.com", "usa.com", "inbox.com", "hushmail.com", "mailbox.org", "posteo.de", "posteo.net",
	"web.de", "t-online.de", "freenet.de", "arcor.de", "online.de", "1und1.de", "kabelmail.de", "vodafone.de", "magenta.de",
	"bluewin.ch", "hispeed.ch", "sunrise.ch", "aon.at", "chello.at", "a1.net",
	"orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "neuf.fr", "numericable.fr", "bbox.fr",
	"libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "fastwebnet.it",
	"telefonica.net", "terra.es", "movistar.es", "ono.com", "sapo.pt", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br",
	"btinternet.com", "btopenworld.com", "virginmedia.com", "ntlworld.com", "sky.com", "talktalk.net", "blueyonder.co.uk", "tiscali.co.uk", "plusnet.com",
	"comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "juno.com", "optonline.net",
	"shaw.ca", "rogers.com", "sympatico.ca", "telus.net", "bigpond.com", "bigpond.net.au", "optusnet.com.au", "xtra.co.nz",
	"ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "home.nl", "telenet.be", "skynet.be", "proximus.be",
	"telia.com", "bredband.net", "spray.se", "online.no", "tdcadsl.dk", "mail.dk", "jubii.dk", "kolumbus.fi", "elisanet.fi", "suomi24.fi",
	"wp.pl", "o2.pl", "onet.pl", "interia.pl", "op.pl", "gazeta.pl", "seznam.cz", "centrum.cz", "email.cz", "azet.sk", "freemail.hu", "citromail.hu",
	"mail.ru", "bk.ru", "inbox.ru", "list.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "ukr.net", "i.ua", "abv.bg", "mail.bg",
	"qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com", "139.com", "189.cn",
	"naver.com", "daum.net", "hanmail.net", "nate.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com", "biglobe.ne.jp",
	"rediffmail.com", "indiatimes.com", "sify.com", "walla.co.il", "walla.com", "mynet.com", "singnet.com.sg", "pacific.net.sg",
)

func setOf(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
