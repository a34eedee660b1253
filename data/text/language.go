package text

import "strings"

// Common words of a language that the other does not have.
var (
	germanWords  = wordSet("und der die das ist nicht ich wir sie für mit auf eine einen dem den zu von bei wie auch noch ihr ihnen uns haben wird kann bitte danke gruß grüße vielen sehr geehrte hallo liebe lieber")
	englishWords = wordSet("and the is are not we you for with this that of to from have has will can please thanks thank regards dear hello your our it at be would could best kind")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// Language says whether a text is German ("de") or English ("en"), by its common words; "" where they leave it open.
func Language(s string) string {
	german, english := 0, 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" \t\n\r,.;:!?()\"“”„>", r) }) {
		switch {
		case germanWords[w]:
			german++
		case englishWords[w]:
			english++
		}
	}
	switch {
	case german >= 2 && german > 2*english:
		return "de"
	case english >= 2 && english > 2*german:
		return "en"
	}
	return ""
}
