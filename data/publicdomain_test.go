package data

import "testing"

func TestIsPublicDomain(t *testing.T) {
	for domain, want := range map[string]bool{
		"gmail.com": true, "GMAIL.com.": true, "@gmail.com": true, "yahoo.co.uk": true, "hotmail.fr": true, "web.de": true, "gmx.net": true,
		"kestrel.example": false, "mail.gmail.com": false, "notgmail.com": false, "gmail.com.evil.example": false, "": false,
		"yahoo.kestrel.co.uk": false, "mygmx.net": false, "freemail.example": true,
	} {
		if got := IsPublicDomain(domain, []string{" Freemail.example "}); got != want {
			t.Errorf("IsPublicDomain(%q) = %t", domain, got)
		}
	}
}
