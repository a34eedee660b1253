package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"rapport/data"
	"rapport/data/text"
)

// domainOf is an address's mail domain, in SQL.
const domainOf = `substr(%s, instr(%s, '@') + 1)`

// fillNear reads the contacts that can say something of the senders, and how
// many people are filed at their domains. Of many thousand contacts these are
// few: those at the same domains, and those of the same name as somebody who
// writes from free mail.
func fillNear(ctx context.Context, q asker, in *data.FilingInput) error {
	domains, words := map[string]bool{}, map[string]bool{}
	for _, s := range in.Senders {
		d := text.Domain(s.Email)
		domains[d] = true
		if data.IsPublicDomain(d, in.Known.Public) {
			addWords(words, s.Name)
			addWords(words, s.SignatureHint)
		}
	}
	n := near{contacts: map[string]bool{}}
	if err := n.byDomain(ctx, q, keysOf(domains)); err != nil {
		return err
	}
	if err := n.byName(ctx, q, keysOf(words)); err != nil {
		return err
	}
	var err error
	if in.Contacts, err = n.read(ctx, q); err != nil {
		return err
	}
	in.PeopleAtDomain, err = peopleAtDomains(ctx, q, keysOf(domains))
	return err
}

// addWords adds the words of a name as the search index holds them.
func addWords(into map[string]bool, name string) {
	for _, w := range strings.FieldsFunc(text.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		into[strings.ToLower(w)] = true
	}
}

func keysOf(set map[string]bool) []any {
	list := make([]any, 0, len(set))
	for _, k := range slices.Sorted(maps.Keys(set)) {
		list = append(list, k)
	}
	return list
}

// near is which contacts are to be read, by their ID.
type near struct{ contacts map[string]bool }

func (n near) add(ids []string) {
	for _, id := range ids {
		n.contacts[id] = true
	}
}

func (n near) byDomain(ctx context.Context, q asker, domains []any) error {
	return inChunks(domains, func(marks string, args []any) error {
		ids, err := query(ctx, q, scanString, `
			SELECT contact_id FROM contact_address WHERE `+strings.ReplaceAll(domainOf, "%s", "address")+` IN (`+marks+`)`, args...)
		n.add(ids)
		return err
	})
}

// byName finds the contacts who share a word with the names, by the search
// index.
func (n near) byName(ctx context.Context, q asker, words []any) error {
	return inChunks(words, func(_ string, args []any) error {
		terms := make([]string, len(args))
		for i, w := range args {
			terms[i] = "name:" + w.(string)
		}
		ids, err := query(ctx, q, scanString, `
			SELECT c.id FROM name_search s JOIN contact c ON c.n * 2 + 1 = s.docid WHERE name_search MATCH ?`, strings.Join(terms, " OR "))
		n.add(ids)
		return err
	})
}

func (n near) read(ctx context.Context, q asker) (list []data.Contact, err error) {
	err = inChunks(keysOf(n.contacts), func(marks string, args []any) error {
		some, err := query(ctx, q, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id IN (`+marks+`)`, args...)
		list = append(list, some...)
		return err
	})
	return list, err
}

// peopleAtDomains counts the contacts' addresses by domain. People who are
// recognised by an account's domain need no counting: nobody beside them waits.
func peopleAtDomains(ctx context.Context, q asker, domains []any) (map[string]int, error) {
	counts := map[string]int{}
	domain := strings.ReplaceAll(domainOf, "%s", "address")
	err := inChunks(domains, func(marks string, args []any) error {
		_, err := query(ctx, q, func(r row) (struct{}, error) {
			var d string
			var n int
			err := r.Scan(&d, &n)
			counts[d] = n
			return struct{}{}, err
		}, `SELECT `+domain+`, count(DISTINCT address) FROM contact_address WHERE `+domain+` IN (`+marks+`) GROUP BY 1`, args...)
		return err
	})
	return counts, err
}
