package space

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
	"rapport/sync/team/jetstream"
)

// HubAccess is how this laptop gets to a space's place on a team's own hub.
type HubAccess struct {
	Servers     []string // one or more of the hub's, as tls://host:4222
	Credentials []byte   // the text of a credentials file: for whom, for which place, and a key
	// CA is the PEM of the authority behind the servers' certificates; empty for
	// those that this laptop trusts already.
	CA []byte
	// One takes a hub of one server, for a test only.
	One bool
}

// hubSecret begins the name under which a place's credentials are kept.
const hubSecret = "team/hub/"

// hubOpen is what else is kept of a place; nothing of it is secret.
type hubOpen struct {
	CA  string `json:"ca,omitempty"`
	One bool   `json:"one,omitempty"`
}

// HubPlace is the place of a space that is carried over a hub. It goes there, refuses
// a hub that is not safely set, and keeps the credentials in the keyring.
func (s *Spaces) HubPlace(ctx context.Context, a HubAccess) (place string, err error) {
	label, err := jetstream.PlaceOf(a.Credentials)
	if err != nil {
		return "", err
	}
	var servers []string
	for _, server := range a.Servers {
		servers = append(servers, strings.TrimRight(strings.TrimSpace(server), "/"))
	}
	hub, err := jetstream.Open(ctx, jetstream.Settings{Servers: servers, Space: label, Creds: a.Credentials, CA: a.CA, Unsafe: a.One})
	if err != nil {
		return "", err
	}
	hub.Close()
	open, err := json.Marshal(hubOpen{string(a.CA), a.One})
	if err != nil {
		return "", err
	}
	place = onHub + strings.Join(servers, ",") + "/" + label
	if err := s.keys.Put(hubSecret+place, string(a.Credentials)); err != nil {
		return "", err
	}
	_, err = s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingHub+place, string(open)) })
	return place, err
}

// hubParts are the servers of a place on a hub, and what it is called there.
func hubParts(place string) (servers []string, label string, ok bool) {
	rest, ok := strings.CutPrefix(place, onHub)
	at := strings.LastIndexByte(rest, '/')
	if !ok || at < 0 {
		return nil, "", false
	}
	return strings.Split(rest[:at], ","), rest[at+1:], true
}

// hubOf is the way to a place on a hub. fresh wants the place to be empty, since a
// space that begins would lie among another's pieces.
func (s *Spaces) hubOf(ctx context.Context, place string, fresh bool) (team.Carrier, error) {
	servers, label, ok := hubParts(place)
	if !ok {
		return nil, &data.Invalid{Field: "place", Says: place + " is no place on a hub"}
	}
	creds, err := s.secret(ctx, hubSecret+place)
	if errors.Is(err, data.ErrNotFound) {
		return nil, &data.Problem{Kind: data.HubRefused, About: hostOf(servers[0]), Detail: "its credentials are not on this laptop"}
	}
	if err != nil {
		return nil, err
	}
	open, err := s.hubOpen(ctx, place)
	if err != nil {
		return nil, err
	}
	hub, err := jetstream.Open(ctx, jetstream.Settings{Servers: servers, Space: label, Creds: []byte(creds), CA: []byte(open.CA), Unsafe: open.One})
	if err != nil {
		return nil, err
	}
	if !fresh {
		return hub, nil
	}
	pieces, err := hub.List(ctx)
	if err == nil && len(pieces) > 0 {
		err = &data.Invalid{Field: "hub", Says: "another space lies at this place already; ask whoever runs the hub for a place of its own, and its credentials"}
	}
	if err != nil {
		hub.Close()
		return nil, err
	}
	return hub, nil
}

// TidyHub exchanges a space with its hub by the credentials of the hub's administrator
// for that space, and takes away there every piece for which another stands, whoever put
// it there: after an erase those that have the erased values yet. Members may take
// nothing away from a hub. It fails with *data.Invalid for a space that is on no hub, and
// for credentials of another place.
func (s *Spaces) TidyHub(ctx context.Context, id string, creds []byte) (Report, error) {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return Report{}, err
	}
	servers, label, ok := hubParts(sp.Place)
	if !ok {
		return Report{}, &data.Invalid{Field: "space", Says: sp.Name + " is not on a hub; in a folder each laptop takes away what it put there itself"}
	}
	of, err := jetstream.PlaceOf(creds)
	if err != nil {
		return Report{}, err
	}
	if of != label {
		return Report{}, &data.Invalid{Field: "creds", Says: "these credentials are for another place than that of " + sp.Name}
	}
	open, err := s.hubOpen(ctx, sp.Place)
	if err != nil {
		return Report{}, err
	}
	hub, err := jetstream.Open(ctx, jetstream.Settings{Servers: servers, Space: label, Creds: creds, CA: []byte(open.CA), Unsafe: open.One})
	if err != nil {
		return Report{}, err
	}
	defer hub.Close()
	return s.syncOver(ctx, id, jetstream.Cleaner{Hub: hub})
}

// hubOpen is what is kept of a place beside its credentials.
func (s *Spaces) hubOpen(ctx context.Context, place string) (open hubOpen, err error) {
	text, err := s.db.Setting(ctx, store.SettingHub+place)
	if err != nil || text == "" {
		return open, err
	}
	return open, json.Unmarshal([]byte(text), &open)
}

// hostOf is what a server is called for people.
func hostOf(server string) string {
	if u, err := url.Parse(server); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return server
}

// Hint is where the space of an invitation is carried: the servers of a hub, or none
// for a folder, which each laptop sees elsewhere.
func (s *Spaces) Hint(invitation []byte) (servers []string) {
	i, err := team.ReadInvitation(invitation, s.now())
	if err != nil || i.Hint == "" {
		return nil
	}
	return strings.Split(i.Hint, ",")
}

// Move has a space be carried in another place from now on, and puts there all that
// is here; what lies at the old one stays there. The others move by themselves, each
// in the same way.
func (s *Spaces) Move(ctx context.Context, id, place string) (Report, error) {
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return Report{}, err
	}
	sp.Place = place
	if place != "" {
		way, err := s.carrier(ctx, sp, strings.HasPrefix(place, inFolder))
		if err != nil {
			return Report{}, err
		}
		hangUp(way)
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.ChangeSpace(sp) }); err != nil || place == "" {
		return Report{Space: sp}, err
	}
	return s.Sync(ctx, id)
}
