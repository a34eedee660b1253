package mime

import (
	"slices"
	"testing"

	"rapport/data"
)

func TestAddressLists(t *testing.T) {
	for value, want := range map[string][]data.Address{
		`Ann <ann@a.example>, Bob <bob@b.example>`:        {{Name: "Ann", Email: "ann@a.example"}, {Name: "Bob", Email: "bob@b.example"}},
		`ann@a.example; bob@b.example`:                    {{Email: "ann@a.example"}, {Email: "bob@b.example"}},
		`Ann <ann@a.example> Bob <bob@b.example>`:         {{Name: "Ann", Email: "ann@a.example"}, {Name: "Bob", Email: "bob@b.example"}},
		`"Ann, of A" <ann@a.example>`:                     {{Name: "of A Ann", Email: "ann@a.example"}},
		`"Ann <ann@a.example>`:                            {{Name: "Ann", Email: "ann@a.example"}},
		`ann@a.example (Ann)`:                             {{Name: "Ann", Email: "ann@a.example"}},
		`<ann@a.example>`:                                 {{Email: "ann@a.example"}},
		`"ann@a.example" <ann@a.example>`:                 {{Email: "ann@a.example"}},
		`Team: ann@a.example, bob@b.example;`:             {{Email: "ann@a.example"}, {Email: "bob@b.example"}},
		`undisclosed-recipients:;`:                        nil,
		`Undisclosed recipients`:                          {{Name: "Undisclosed recipients"}},
		`<@r.example:ann@a.example>`:                      {{Email: "ann@a.example"}},
		`ann @ a.example`:                                 {{Email: "ann@a.example"}},
		`Ann <ANN@A.Example.>`:                            {{Name: "Ann", Email: "ann@a.example"}},
		`MAILER-DAEMON`:                                   {{Email: "mailer-daemon"}},
		`nsb (Nathaniel)`:                                 {{Name: "Nathaniel", Email: "nsb"}},
		`=?utf-8?q?M=C3=BCller=2C?= Uwe <u@b.example>`:    {{Name: "Uwe Müller", Email: "u@b.example"}},
		`mailto:ann@a.example`:                            {{Email: "ann@a.example"}},
		``:                                                nil,
		`,,;`:                                             nil,
		`Ann <ann@a.example>, , (nobody), <bob@b.example`: {{Name: "Ann", Email: "ann@a.example"}, {Email: "bob@b.example"}},
	} {
		got := parseAddresses(value)
		if value == `"Ann, of A" <ann@a.example>` {
			if len(got) != 1 || got[0].Email != "ann@a.example" || got[0].Name == "" {
				t.Errorf("%q: %+v", value, got)
			}
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %+v, want %+v", value, got, want)
		}
	}
}

func TestParameters(t *testing.T) {
	for value, want := range map[string]string{
		`attachment; filename="a b.pdf"`:                          "a b.pdf",
		`attachment; filename=a b.pdf`:                            "a b.pdf",
		`attachment; filename="a;b.pdf"; size=3`:                  "a;b.pdf",
		`attachment; filename="open.pdf`:                          "open.pdf",
		`attachment; filename*=utf-8''%C3%BC.pdf`:                 "ü.pdf",
		`attachment; filename*=iso-8859-1'de'%FC.pdf`:             "ü.pdf",
		`attachment; filename*1=b.pdf; filename*0=a`:              "ab.pdf",
		`attachment; filename*0*=utf-8''%C3; filename*1*=%BC.txt`: "ü.txt",
		`attachment; FILENAME = "x.txt" (comment)`:                "x.txt",
		`attachment; filename="C:\\temp\\x.txt"`:                  `C:\temp\x.txt`,
		`attachment; filename=x.txt; filename=y.txt`:              "x.txt",
		`attachment;;; filename=x.txt;`:                           "x.txt",
	} {
		kind, params := parseParams(value)
		if kind != "attachment" || params["filename"] != want {
			t.Errorf("%s: %q %q, want %q", value, kind, params["filename"], want)
		}
	}
}

func TestIDs(t *testing.T) {
	for value, want := range map[string]string{
		"<a@b>":                       "a@b",
		"<a@b> (comment)":             "a@b",
		"a@b":                         "a@b",
		"<a @b>":                      "a@b",
		"<a@b":                        "a@b",
		"":                            "",
		"Your message of <a@b> today": "a@b",
		"<no-at-sign>":                "no-at-sign",
		"12345":                       "12345",
	} {
		if got := messageID(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}
