package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/text"
)

// refileEmail asks for everything that these addresses took part in to be filed
// anew before the write ends; refileDomain the same for domains and those below
// them, refilePattern for an ignored pattern.
func (tx *Tx) refileEmail(emails ...string) {
	for _, e := range emails {
		tx.refileEmails[e] = true
	}
}

func (tx *Tx) refileDomain(domains ...string) {
	for _, d := range domains {
		tx.refileDomains[d] = true
	}
}

func (tx *Tx) refilePattern(pattern string) {
	if d, ok := strings.CutPrefix(pattern, "@"); ok {
		tx.refileDomain(d)
	} else {
		tx.refileEmail(pattern)
	}
}

// refileOwn is asked for when addresses become ours, or ours no more: their
// domains do too.
func (tx *Tx) refileOwn(addresses ...string) {
	tx.db.known.forget()
	for _, a := range addresses {
		a = text.NormalAddress(a)
		tx.refileEmail(a)
		if d := text.Domain(a); d != "" && !data.IsPublicDomain(d, nil) {
			tx.refileDomain(d)
		}
	}
}

// refile files anew what the write touched.
func (tx *Tx) refile() error {
	if len(tx.refileEmails)+len(tx.refileDomains)+len(tx.refileEntries) == 0 {
		return nil
	}
	numbers, err := tx.touchedInteractions()
	if err != nil || len(numbers) == 0 {
		return err
	}
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	for _, n := range numbers {
		if err := tx.fileAgain(k, n); err != nil {
			return err
		}
	}
	tx.touched(data.KindInteraction)
	return nil
}

func (tx *Tx) touchedInteractions() ([]int64, error) {
	emails := tx.refileEmails
	if len(tx.refileDomains) > 0 {
		seen, err := query(tx.ctx, tx.sql, scanString, `SELECT DISTINCT email FROM participant`)
		if err != nil {
			return nil, err
		}
		for _, e := range seen {
			if tx.inDomains(text.Domain(e)) {
				emails[e] = true
			}
		}
	}
	numbers := map[int64]bool{}
	var list []int64
	for id := range tx.refileEntries {
		n, err := tx.interactionNumber(id)
		if err == nil {
			numbers[n], list = true, append(list, n)
		} else if !isNotFound(err) {
			return nil, err
		}
	}
	found, err := query(tx.ctx, tx.sql, scanInt64, `SELECT DISTINCT interaction_n FROM participant WHERE email IN (SELECT value FROM json_each(?))`,
		listJSON(slices.Collect(maps.Keys(emails))))
	if err != nil {
		return nil, err
	}
	for _, n := range found {
		if !numbers[n] {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list, nil
}

func (tx *Tx) inDomains(domain string) bool {
	for d := domain; d != ""; _, d, _ = strings.Cut(d, ".") {
		if tx.refileDomains[d] {
			return true
		}
	}
	return false
}

func scanInt64(r row) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

// fileAgain decides anew about one interaction, and writes what has changed.
// What a person logged by hand, a feed brought or a colleague told keeps its
// account.
func (tx *Tx) fileAgain(k data.Known, n int64) error {
	i := filed{n: n}
	var id, skip, source string
	var direction data.Direction
	err := prepared{tx}.QueryRowContext(tx.ctx, `SELECT id, kind, at, cancelled, automated, skip, direction, source FROM interaction WHERE n = ?`, n).
		Scan(&id, &i.kind, &i.at, &i.cancelled, &i.automated, &skip, &direction, &source)
	if err != nil || slices.Contains(data.Logged, i.kind) || i.kind == data.Press || source == data.SharedByTeam {
		return err
	}
	if i.kind == data.Meet {
		if several, err := tx.isOfSeveral(id); err != nil || several {
			if err == nil {
				_, err = tx.showOccurrence(k, id)
			}
			return err
		}
	}
	have, err := participantsOf(tx.ctx, prepared{tx}, n)
	if err != nil {
		return err
	}
	if i.people, err = tx.peopleAgain(k, i, id); err != nil {
		return err
	}
	if slices.Equal(have, i.people) {
		matches, err := query(tx.ctx, prepared{tx}, scanMatch, `SELECT `+matchColumns+` FROM match WHERE interaction_n = ?`, n)
		v := data.FileEntry(k, id, i.people, i.automated)
		if err != nil || v.Skip == skip && directionOf(i) == direction && sameMatches(matches, v.Matches) {
			return err
		}
	} else if err := tx.putParticipants(n, i.people); err != nil {
		return err
	}
	_, err = tx.file(k, i)
	return err
}

// peopleAgain are the people of an interaction as its mails or its meeting's
// date name them, so that nothing stays of what was known of them before.
func (tx *Tx) peopleAgain(k data.Known, i filed, id string) ([]data.Participant, error) {
	if i.kind == data.Mail {
		copies, err := tx.copiesOf(i.n)
		return peopleOfCopies(copies, k), err
	}
	o, err := one(tx.ctx, prepared{tx}, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrence WHERE id = ? AND shown = 1`, id)
	if err != nil {
		return nil, err
	}
	return tx.attended(k, o)
}

// isOfSeveral says whether a date of a meeting is made of what several calendars
// or answers say.
func (tx *Tx) isOfSeveral(id string) (bool, error) {
	n, err := one(tx.ctx, prepared{tx}, scanInt, `
		SELECT count(*) > 1 OR EXISTS (SELECT 1 FROM meeting_response WHERE uid = (SELECT uid FROM occurrence WHERE id = ?1 LIMIT 1))
		FROM occurrence WHERE id = ?1`, id)
	return n > 0, err
}

// sameMatches compares what is kept with what is found, of which each account
// has one.
func sameMatches(a, b []data.Match) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(m data.Match) bool { return !slices.Contains(b, m) })
}

// filed is what filing needs of an interaction.
type filed struct {
	n         int64
	kind      data.Kind
	at        int64
	cancelled bool
	automated string
	people    []data.Participant
}

// file decides where an interaction belongs, keeps its matches, and returns the
// verdict.
func (tx *Tx) file(k data.Known, i filed) (data.Verdict, error) {
	v, err := tx.verdict(k, i)
	if err != nil {
		return v, err
	}
	direction := directionOf(i)
	if _, err := tx.exec(`UPDATE interaction SET skip = ?, direction = ? WHERE n = ?`, v.Skip, string(direction), i.n); err != nil {
		return v, err
	}
	return v, tx.putMatches(i, direction, v.Matches)
}

// verdict is where an interaction that is kept belongs.
func (tx *Tx) verdict(k data.Known, i filed) (data.Verdict, error) {
	if len(k.Hand) == 0 {
		return data.File(k, i.people, i.automated), nil
	}
	id, err := one(tx.ctx, prepared{tx}, scanString, `SELECT id FROM interaction WHERE n = ?`, i.n)
	return data.FileEntry(k, id, i.people, i.automated), err
}

func directionOf(i filed) data.Direction {
	if i.kind == data.Mail {
		return data.DirectionOf(i.people)
	}
	return data.Both
}

// Touches as they are stored.
const (
	touchNone = iota
	touchUs
	touchCustomer
	touchPartner
)

func (tx *Tx) putMatches(i filed, direction data.Direction, matches []data.Match) error {
	if err := tx.touchedFiling(i.n); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM match WHERE interaction_n = ?`, i.n); err != nil {
		return err
	}
	return tx.addMatches(i, direction, matches)
}

func (tx *Tx) addMatches(i filed, direction data.Direction, matches []data.Match) error {
	if only, err := tx.onlyLocal(); err != nil || !only {
		if err != nil {
			return err
		}
		if tx.filed == nil {
			tx.filed = map[int64]bool{}
		}
		tx.filed[i.n] = true
	}
	touch, mail := touchOf(i, direction), mailOf(i, direction)
	for _, m := range matches {
		if _, err := tx.exec(`
			INSERT INTO match (account_id, at, interaction_n, touch, mail, kind, contact_id, email, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			m.Account, i.at, i.n, touch, mail, string(m.Kind), m.Contact, m.Email, m.Reason); err != nil {
			return err
		}
	}
	return nil
}

func touchOf(i filed, direction data.Direction) int {
	it := data.Interaction{Kind: i.kind, Cancelled: i.cancelled, Direction: direction, People: i.people}
	if !data.CountsAsTouch(it) {
		return touchNone
	}
	switch data.TouchOf(it).By {
	case data.Customer:
		return touchCustomer
	case data.Partner:
		return touchPartner
	}
	return touchUs
}

// Mails as they are counted, so that what a year of them cost is read without the
// mails.
const (
	mailNone = iota
	mailRead
	mailWritten
)

func mailOf(i filed, direction data.Direction) int {
	switch {
	case i.kind != data.Mail || i.cancelled || i.automated != "":
		return mailNone
	case direction == data.Out:
		return mailWritten
	}
	return mailRead
}

func sideOfTouch(touch int) data.Side {
	switch touch {
	case touchUs:
		return data.Us
	case touchPartner:
		return data.Partner
	}
	return data.Customer
}

// Ignore says that an address, or a domain written "@kestrel.example", is no
// customer's; Heed takes that back.
func (tx *Tx) Ignore(pattern string) error {
	if err := tx.changeIgnored(pattern); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO ignored (pattern, at) VALUES (?, ?) ON CONFLICT DO NOTHING`, pattern, tx.now.Unix())
	return err
}

// Heed takes an Ignore back.
func (tx *Tx) Heed(pattern string) error {
	if err := tx.changeIgnored(pattern); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM ignored WHERE pattern = ?`, pattern)
	return err
}

func (tx *Tx) changeIgnored(pattern string) error {
	if err := tx.keepRow("ignored", pattern); err != nil {
		return err
	}
	tx.db.known.forget()
	tx.refilePattern(pattern)
	tx.touched("ignored")
	return nil
}

// mergePeople joins the people of several copies of one interaction, in the
// order of first mention.
func mergePeople(have, more []data.Participant) []data.Participant {
	for _, p := range more {
		if !slices.ContainsFunc(have, func(h data.Participant) bool { return h.Email == p.Email }) {
			have = append(have, p)
		}
	}
	weight := map[string]int{"from": 0, "organizer": 0, "to": 1, "attendee": 1, "with": 1, "cc": 2, "bcc": 3}
	slices.SortStableFunc(have, func(a, b data.Participant) int { return cmp.Compare(weight[a.Part], weight[b.Part]) })
	return have
}
