package data

import (
	"strings"
	"testing"
	"time"
)

func TestKindWords(t *testing.T) {
	hanna := Contact{ID: "h", Name: "Hanna Voss", AccountID: "s"}
	isla := Contact{ID: "i", Name: "Isla Brannock", AccountID: "b"}
	base := KindWordInput{
		Accounts: []Account{{ID: "s", Name: "Saltmarsh Dairy"}, {ID: "b", Name: "Brannock Brewing"}, {ID: "o", Name: "Old Friends", Since: "2021-11-20"}, {ID: "t", Name: "Shop", Care: Transactional}},
		Contacts: map[string]Contact{"h": hanna, "i": isla}, Warmest: map[string]Contact{"b": isla},
	}
	fact := func(name, value, on, account, contact string) Fact {
		return Fact{Belongs: Belongs{ID: name, Account: account, Contact: contact}, Name: name, Value: value, On: on}
	}
	none := base
	none.Accounts = none.Accounts[:2]
	with := func(change func(*KindWordInput)) KindWordInput {
		in := none
		change(&in)
		return in
	}
	for _, c := range []struct {
		name string
		in   KindWordInput
		want string
	}{
		{"nothing is known", none, ""},
		{"years with us", base, "Old Friends: five years with us on Friday."},
		{"a birthday within a week", with(func(in *KindWordInput) { in.Facts = []Fact{fact("birthday", "11-19", "", "s", "h")} }), "Hanna Voss: birthday on Thursday. > Hanna Voss"},
		{"a birthday further off", with(func(in *KindWordInput) { in.Facts = []Fact{fact("birthday", "12-19", "", "s", "h")} }), ""},
		{"years in the role", with(func(in *KindWordInput) { in.Facts = []Fact{fact("with-them-since", "2021-11-19", "", "s", "h")} }), "Hanna Voss: five years in the role on Thursday. > Hanna Voss"},
		{"good news is written to whom we know best", with(func(in *KindWordInput) {
			in.Facts = []Fact{fact("circumstance", "Won the county energy award on Sunday", "2026-11-15", "b", "")}
			in.Asks = map[string]AskRecord{"b": {LastAsk: tuesday.AddDate(0, 0, -51)}}
		}), "Brannock Brewing: Won the county energy award on Sunday. > Isla Brannock (Last ask 51 days ago)"},
		{"news that is old is none", with(func(in *KindWordInput) {
			in.Facts = []Fact{fact("circumstance", "Won an award", "2026-09-15", "b", "")}
		}), ""},
		{"news that is not good is none", with(func(in *KindWordInput) {
			in.Facts = []Fact{fact("circumstance", "The budget year ends in March", "2026-11-15", "b", "")}
		}), ""},
		{"what is over is none", with(func(in *KindWordInput) {
			f := fact("circumstance", "Won an award", "2026-11-15", "b", "")
			f.Until = "2026-11-16"
			in.Facts = []Fact{f}
		}), ""},
		{"thanks for a promise kept", with(func(in *KindWordInput) {
			in.Kept = []Promise{{Belongs: Belongs{Account: "s", Contact: "h"}, By: Customer, What: "Dates", Kept: "2026-11-14"}, {Belongs: Belongs{Account: "s", Contact: "i"}, By: Us, What: "Ours", Kept: "2026-11-14"}}
		}), "Hanna Voss kept a promise: Dates. > Hanna Voss"},
		{"thanks were said", with(func(in *KindWordInput) {
			in.Kept = []Promise{{Belongs: Belongs{Account: "s", Contact: "h"}, By: Customer, What: "Dates", Kept: "2026-11-14"}}
			in.Wrote = map[string]time.Time{"h": tuesday.AddDate(0, 0, -1)}
		}), ""},
		{"we only asked", with(func(in *KindWordInput) {
			in.Asks = map[string]AskRecord{"s": {Row: 4, To: "h", LastAsk: tuesday.AddDate(0, 0, -2)}, "b": {Row: 3}}
		}), "Our last four mails to Saltmarsh Dairy all asked for something. > Hanna Voss (Last ask 2 days ago)"},
		{"one for each person", with(func(in *KindWordInput) {
			in.Facts = []Fact{fact("with-them-since", "2021-11-19", "", "s", "h"), fact("birthday", "11-20", "", "s", "h")}
		}), "Hanna Voss: birthday on Friday. > Hanna Voss"},
		{"one that was said lately rests", with(func(in *KindWordInput) {
			in.Facts = []Fact{fact("birthday", "11-19", "", "s", "h")}
			in.Resting = map[string]time.Time{"word h": tuesday.Add(KindWordRest)}
		}), ""},
	} {
		var got []string
		for _, k := range KindWords(c.in, tuesday) {
			words := k.Words
			if k.Contact.Name != "" {
				words += " > " + k.Contact.Name
			}
			if k.Note != "" {
				words += " (" + k.Note + ")"
			}
			got = append(got, words)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

func TestGoodNews(t *testing.T) {
	for words, want := range map[string]bool{
		"Won the county energy award on Sunday": true, "Their daughter was born": true, "Opens a third hall in May": true,
		"Hat den Preis der Stadt gewonnen": true, "Jubiläum im Mai": true, "Wurde zur Leiterin befördert": true,
		"The budget year ends in March": false, "Lost the award": false, "Hochzeit abgesagt": false, "": false, "Wonders about the price": false,
	} {
		if IsGoodNews(words) != want {
			t.Errorf("%q is taken otherwise", words)
		}
	}
}
