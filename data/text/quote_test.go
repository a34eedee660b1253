package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The fixtures mark what each line is: "o|" own, "q|" quote, "s|" signature, "d|" disclaimer.
func TestSplitReadsTheFixtures(t *testing.T) {
	files, err := filepath.Glob("testdata/quote/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want := string(raw)
			var body strings.Builder
			for line := range strings.Lines(want) {
				body.WriteString(line[2:])
			}
			if got := marked(Split(body.String())); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// marked writes parts as the fixtures do.
func marked(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		for line := range strings.Lines(p.Text) {
			b.WriteString(p.Kind.String()[:1] + "|" + line)
		}
	}
	return b.String()
}

func TestAttributionIsReadInManyLanguages(t *testing.T) {
	for name, line := range map[string]string{
		"English, Gmail":           "On Mon, Apr 2, 2012 at 6:26 PM, Karin Holt <karin@kestrel.example> wrote:",
		"English, wrapped":         "On Mon, Apr 2, 2012 at 6:26 PM, Karin Holt <\nkarin@kestrel.example> wrote:",
		"English, Thunderbird":     "On 04/02/2012 06:26 PM, Karin Holt wrote:",
		"English, Eudora":          "At 06:26 PM 4/2/2012, Karin Holt wrote:",
		"German, Gmail":            "Am Mo., 2. Apr. 2012 um 18:26 Uhr schrieb Karin Holt <karin@kestrel.example>:",
		"German, wrapped":          "Am Mo., 2. Apr. 2012 um 18:26 Uhr schrieb Karin Holt\n<karin@kestrel.example>:",
		"German, Thunderbird":      "Am 02.04.12 um 18:26 schrieb Karin Holt:",
		"French, Gmail":            "Le lun. 2 avr. 2012 à 18:26, Karin Holt <karin@kestrel.example> a écrit :",
		"French, wrapped":          "Le lun. 2 avr. 2012 à 18:26, Karin Holt <karin@kestrel.example> a\nécrit :",
		"French, Thunderbird":      "Le 02/04/2012 à 18:26, Karin Holt a écrit\u00a0:",
		"Dutch, Gmail":             "Op ma 2 apr. 2012 om 18:26 schreef Karin Holt <karin@kestrel.example>:",
		"Dutch, Thunderbird":       "Op 2-4-2012 om 18:26 schreef Karin Holt:",
		"Spanish, Gmail":           "El lun., 2 abr. 2012 a las 18:26, Karin Holt (<karin@kestrel.example>)\nescribió:",
		"Italian, Gmail":           "Il giorno lun 2 apr 2012 alle ore 18:26 Karin Holt <karin@kestrel.example> ha\nscritto:",
		"Italian, Thunderbird":     "Il 02/04/2012 18:26, Karin Holt ha scritto:",
		"Danish, Gmail":            "Den man. 2. apr. 2012 kl. 18.26 skrev Karin Holt <karin@kestrel.example>:",
		"Norwegian, Gmail":         "man. 2. apr. 2012 kl. 18:26 skrev Karin Holt <karin@kestrel.example>:",
		"Swedish, Gmail":           "Den mån 2 apr. 2012 kl 18:26 skrev Karin Holt <karin@kestrel.example>:",
		"Polish, Gmail":            "pon., 2 kwi 2012 o 18:26 Karin Holt <karin@kestrel.example> napisał(a):",
		"Polish, Thunderbird":      "W dniu 02.04.2012 o 18:26, Karin Holt pisze:",
		"Portuguese, Gmail":        "Em seg., 2 de abr. de 2012 às 18:26, Karin Holt <karin@kestrel.example>\nescreveu:",
		"Finnish, Gmail":           "ma 2. huhtik. 2012 klo 18.26 Karin Holt (karin@kestrel.example) kirjoitti:",
		"Russian, Gmail":           "пн, 2 апр. 2012 г. в 18:26, Karin Holt <karin@kestrel.example>\nнаписал(а):",
		"English, upside-down day": "On 2012-04-02 18:26, Karin Holt wrote:",
	} {
		for how, tail := range map[string]string{"marked": "\n\n> Hi\n", "unmarked": "\n\nHi\n"} {
			if got := Own("Hello\n\n" + line + tail); got != "Hello" {
				t.Errorf("%s, %s: own text is %q", name, how, got)
			}
		}
	}
}

func TestSplitLeavesTheSendersWordsAlone(t *testing.T) {
	for name, body := range map[string]string{
		"a sentence that reports":         "In the end Karin wrote:\n\nWe take the blue one.",
		"a list with a colon":             "We need:\n- glass\n- lead\n\nThanks",
		"a date with a colon":             "Options for 5 November 2026:\n\nMorning or evening?",
		"two dashes in a list":            "-- glass\n-- lead",
		"from at the start of a sentence": "From: the kiln\nwe took ten pieces.",
		"an unescaped from line of mbox":  ">From here on we do it alone.",
		"confidential as a topic":         "Please keep this message confidential until Tuesday.\n\nThe price is 4,000.",
		"confidential, said at length":    "This message with our price list is confidential for the moment, as you know, but Beatrice may see it.\n\nRegards",
		"dashes as a rule":                "One\n-----\nTwo",
		"sent from in a sentence":         "Sent from my office this morning were three boxes, did they arrive?",
	} {
		if got := Own(body); got != strings.TrimSpace(body) {
			t.Errorf("%s: own text is %q", name, got)
		}
	}
}

func TestMailerLinesAreSignatures(t *testing.T) {
	for _, line := range []string{
		"Sent from my iPhone", "Sent from my Samsung Galaxy smartphone.", "Sent from Outlook for iOS", "Get Outlook for Android<https://aka.ms/x>",
		"Sent from Yahoo Mail on Android", "Von meinem iPhone gesendet", "Gesendet von Mail für Windows", "Envoyé de mon iPhone", "Verzonden vanaf mijn iPhone",
		"Enviado desde mi iPhone", "Inviato da iPhone", "Sendt fra min iPhone", "Skickat från min iPhone", "Wysłane z iPhone'a", "iPhoneから送信",
	} {
		if got := Own("Hello\n\n" + line + "\n"); got != "Hello" {
			t.Errorf("%s: own text is %q", line, got)
		}
	}
}

func TestSplitKeepsEveryLineEnd(t *testing.T) {
	body := "Hi\r\n\r\n> a\r\n> b\r\rbye\n\r\n"
	if got := joined(Split(body)); got != body {
		t.Errorf("joined %q, want %q", got, body)
	}
	if got := Own("Hi\r\n\r\nOn Mon, Apr 2, 2012 at 6:26 PM, Karin Holt <\r\nk@kestrel.example> wrote:\r\n> x\r\n"); got != "Hi" {
		t.Errorf("own text with CRLF is %q", got)
	}
}

func joined(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

func FuzzSplit(f *testing.F) {
	files, _ := filepath.Glob("testdata/quote/*.txt")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.NewReplacer("o|", "", "q|", "", "s|", "", "d|", "").Replace(string(raw)))
	}
	f.Add("From:\r\rTo:\n\n-- \n>From \xff\n> x\n—\nOn 1:00 wrote:")
	f.Fuzz(func(t *testing.T, body string) {
		parts := Split(body)
		if got := joined(parts); got != body {
			t.Fatalf("joined %q, want %q", got, body)
		}
		for i, p := range parts {
			if p.Text == "" || i > 0 && parts[i-1].Kind == p.Kind {
				t.Fatalf("part %d of %q is empty or like the one before", i, body)
			}
		}
		Own(body)
	})
}

func BenchmarkSplit(b *testing.B) {
	long := func(s string) string { return strings.Repeat(s, 1<<20/len(s)) }
	for name, body := range map[string]string{
		"quotes":  long("> We have looked at the kiln, and it is fine.\n> \nThank you, that helps us along a lot.\n"),
		"prose":   long("We have looked at the kiln, and it is fine, though the door hangs a little.\n"),
		"colons":  long("wrote 12:\n"),
		"headers": long("From: x\n\n\n\n"),
		"dashes":  long("--\nx\n"),
		"newline": long("\n"),
		"oneline": long("wrote:"),
		"legal":   long("This message is confidential and intended only for you. "),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				Split(body)
			}
		})
	}
}
