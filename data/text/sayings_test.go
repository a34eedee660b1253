package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// slowlySaid looks for each phrase by itself.
func slowlySaid(text string, groups [][]string) (found uint) {
	for i, g := range groups {
		for _, phrase := range g {
			if strings.Contains(text, phrase) {
				found |= 1 << i
			}
		}
	}
	return found
}

func TestSayingsAreFoundAsEachByItself(t *testing.T) {
	groups := [][]string{{"ab", "abc", "in error"}, {"b a", "ü", "aü"}, {"ab", "cc"}}
	s := newSayings(groups...)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "b", "c", " ", "ü", "in error", "\xc3"})).Draw(t, "text"), "")
		if got, want := s.in(text), slowlySaid(text, groups); got != want {
			t.Fatalf("%q says %b, each by itself %b", text, got, want)
		}
	})
}

func TestLinesOfMailersBeginAsTheQuickLookThinks(t *testing.T) {
	line := rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{
			"Sent from my iPhone", "ſent from my iPhone", "Get Outlook for Android", "Outlook für iOS beziehen", "Holen sie sich Outlook für Android",
			"Von meinem iPhone gesendet", "Gesendet von Mail für Windows", "Diese Nachricht wurde von meinem Handy gesendet", "Envoyé de mon iPhone",
			"Verzonden vanaf mijn iPhone", "verstuurd via mail", "Enviado desde mi iPhone", "Inviato da iPhone", "Sendt fra min iPhone", "Skickat från min iPhone",
			"Wysłane z iPhone'a", "Lähetetty Outlookista", "Отправлено с iPhone", "iPhoneから送信", "发自我的iPhone", "SKICKAT FRÅN MIN IPHONE", "s\u212Aickat från min iPhone",
		}).Draw(t, "line")
	})
	rapid.Check(t, func(t *rapid.T) {
		l := strings.Trim(line.Draw(t, "line"), "*_ ")
		if mailerLine.MatchString(l) && !mayBeMailerLine(l) {
			t.Fatalf("%q is one", l)
		}
	})
}

// The quick looks before the careful ones change nothing on the lines of the
// fixtures.
func TestQuickLooksAgreeWithCarefulOnes(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	lines := 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		for l := range strings.Lines(string(raw)) {
			_, bare, _ := strings.Cut(strings.TrimSpace(l), "|")
			for _, l := range []string{strings.TrimSpace(l), strings.TrimSpace(bare)} {
				lines++
				if l := strings.Trim(l, "*_ "); mailerLine.MatchString(l) && !mayBeMailerLine(l) {
					t.Errorf("%q is a mailer's line", l)
				}
				if i := strings.IndexAny(l, ":："); i <= 40 && i != colonIn(l) {
					t.Errorf("the colon of %q is at %d, not at %d", l, i, colonIn(l))
				}
			}
		}
	}
	t.Logf("%d lines", lines)
}
