package store

import (
	"context"
	"sync"

	"rapport/data"
	"rapport/data/text"
)

// knownCache holds what filing goes by between writes. Another process's commit
// shows in the file's data version.
type knownCache struct {
	mu      sync.Mutex
	version int
	known   *data.Known
}

func (c *knownCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = nil
}

// knownIn returns what filing goes by, as the transaction sees it.
func (tx *Tx) knownIn() (data.Known, error) {
	version, err := tx.count(`PRAGMA data_version`)
	if err != nil {
		return data.Known{}, err
	}
	c := &tx.db.known
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known != nil && c.version == version {
		return *c.known, nil
	}
	k, err := loadKnown(tx.ctx, tx.sql)
	if err != nil {
		return data.Known{}, err
	}
	c.version, c.known = version, &k
	return k, nil
}

// Known returns what filing goes by.
func (db *DB) Known(ctx context.Context) (data.Known, error) {
	k, err := loadKnown(ctx, db.read)
	return k, wrapNoun(err, "filing")
}

func loadKnown(ctx context.Context, q asker) (data.Known, error) {
	k, err := loadRules(ctx, q)
	if err != nil {
		return k, err
	}
	if err := loadContacts(ctx, q, k.Contacts); err != nil {
		return k, err
	}
	return k, loadDomains(ctx, q, k.Domains)
}

// loadRules is loadKnown without the contacts and the accounts' domains.
func loadRules(ctx context.Context, q asker) (data.Known, error) {
	k := data.Known{
		Own: map[string]bool{}, OwnDomains: map[string]bool{}, Ignored: map[string]bool{}, Hand: map[string][]data.HandRule{},
		Contacts: map[string]data.KnownContact{}, Domains: map[string]data.KnownAccount{},
	}
	var err error
	if k.Public, err = settingList(ctx, q, SettingPublicDomains); err != nil {
		return k, err
	}
	if err := loadOwn(ctx, q, &k); err != nil {
		return k, err
	}
	ignored, err := query(ctx, q, scanString, `SELECT pattern FROM ignored`)
	if err != nil {
		return k, err
	}
	for _, p := range ignored {
		k.Ignored[p] = true
	}
	return k, loadHand(ctx, q, k.Hand)
}

// loadHand reads what was filed by hand; an account that is there no more has
// no timeline.
func loadHand(ctx context.Context, q asker, into map[string][]data.HandRule) error {
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var id string
		var h data.HandRule
		err := r.Scan(&id, &h.Account, &h.Name, &h.On)
		into[id] = append(into[id], h)
		return struct{}{}, err
	}, `SELECT h.interaction_id, a.id, a.name, h.is_on FROM hand_filing h JOIN account a ON a.id = h.account_id ORDER BY h.place`)
	return err
}

func loadDomains(ctx context.Context, q asker, into map[string]data.KnownAccount) error {
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var domain string
		var a data.KnownAccount
		err := r.Scan(&domain, &a.ID, &a.Name, &a.Archived)
		into[domain] = a
		return struct{}{}, err
	}, `SELECT d.domain, a.id, a.name, a.archived FROM account_domain d JOIN account a ON a.id = d.account_id`)
	return err
}

// loadOwn gathers our own addresses and domains: those of the mailboxes, and
// those that the settings name.
func loadOwn(ctx context.Context, q asker, k *data.Known) error {
	addresses, err := query(ctx, q, scanString, `SELECT address FROM mailbox WHERE host <> ''`)
	if err != nil {
		return err
	}
	named, err := settingList(ctx, q, SettingOwnAddresses)
	if err != nil {
		return err
	}
	domains, err := settingList(ctx, q, SettingOwnDomains)
	if err != nil {
		return err
	}
	for _, a := range append(addresses, named...) {
		a = text.NormalAddress(a)
		k.Own[a] = true
		domains = append(domains, text.Domain(a))
	}
	for _, d := range domains {
		if d = data.NormalDomain(d); d != "" && !data.IsPublicDomain(d, k.Public) {
			k.OwnDomains[d] = true
		}
	}
	return nil
}

// loadContacts maps every address to its contact. Of several contacts with one
// address the one at an account goes first, then the one known longest. An
// account that is not there, or no more, is none.
func loadContacts(ctx context.Context, q asker, into map[string]data.KnownContact) error {
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var address string
		var c data.KnownContact
		if err := r.Scan(&address, &c.ID, &c.Name, &c.Account, &c.Side, &c.Archived); err != nil {
			return struct{}{}, err
		}
		if _, taken := into[address]; !taken {
			into[address] = c
		}
		return struct{}{}, nil
	}, `
		SELECT a.address, c.id, c.name, coalesce(t.id, ''), c.side, coalesce(t.archived, '')
		FROM contact_address a JOIN contact c ON c.id = a.contact_id LEFT JOIN account t ON t.id = c.account_id
		ORDER BY t.id IS NULL, c.recorded_at, c.id`)
	return err
}
