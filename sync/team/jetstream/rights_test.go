package jetstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"rapport/sync/team/carriertest"
)

// intruder is a plain connection of a user, which tries what no Rapport does.
type intruder struct{ nc *nats.Conn }

func intrude(t *testing.T, s Settings) *intruder {
	t.Helper()
	_, options, err := prepare(s)
	if err != nil {
		t.Fatal(err)
	}
	nc, err := nats.Connect(s.Servers[0], append(options, nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return &intruder{nc}
}

// asks publishes a question, and says whether the server itself refused it.
func (i *intruder) asks(t *testing.T, subject, reply string, body []byte) (refused bool) {
	t.Helper()
	return i.refused(t, func() error { return i.nc.PublishRequest(subject, reply, body) })
}

// hears subscribes, and says whether the server itself refused it.
func (i *intruder) hears(t *testing.T, subject string) (refused bool) {
	t.Helper()
	return i.refused(t, func() error {
		_, err := i.nc.SubscribeSync(subject)
		return err
	})
}

// refused does something and waits until the server has seen it, by when its
// refusal has come: each is an error of its own.
func (i *intruder) refused(t *testing.T, do func() error) bool {
	t.Helper()
	before := i.nc.LastError()
	if err := errors.Join(do(), i.nc.Flush()); err != nil {
		t.Fatal(err)
	}
	after := i.nc.LastError()
	return after != before && errors.Is(after, nats.ErrPermissionViolation)
}

// inbox is where answers to a hub's questions go.
func inbox(h *Hub) string { return strings.TrimSuffix(h.nc.Opts.InboxPrefix, ".") }

// everything makes credentials that may do all in a space's account, which no
// user has: what they cannot reach is beyond the account's wall.
func (s site) everything(t *testing.T, space string) []byte {
	t.Helper()
	w := &writer{dir: s.dir, plan: Plan{Name: s.name}}
	if err := w.known(); err != nil {
		t.Fatal(err)
	}
	for _, a := range w.accounts {
		if a.Name != space {
			continue
		}
		signer, err := w.keyOf(a.Subject)
		if err != nil {
			t.Fatal(err)
		}
		key, err := nkeys.CreateUser()
		if err != nil {
			t.Fatal(err)
		}
		u := jwt.NewUserClaims(public(key))
		token, err := u.Encode(signer)
		if err != nil {
			t.Fatal(err)
		}
		seed, err := key.Seed()
		if err != nil {
			t.Fatal(err)
		}
		creds, err := jwt.FormatUserConfig(token, seed)
		if err != nil {
			t.Fatal(err)
		}
		return creds
	}
	t.Fatalf("there is no account %s", space)
	return nil
}

// TestAMemberReachesNoOtherSpace tries each way from one space into another, as
// a member, as the space's administrator, and as somebody who may do all that
// an account allows. Nothing may come out of the other space, nor into it.
func TestAMemberReachesNoOtherSpace(t *testing.T) {
	s, url := one(t)
	otto := hub(t, s.settings(t, url, other, "otto"))
	name, body := carriertest.Piece(1)
	carriertest.Put(t, otto, name, body)
	spySettings := s.settings(t, url, other, "otto")
	spySettings.Creds = s.everything(t, other)
	spy := intrude(t, spySettings)
	heard, err := spy.nc.SubscribeSync(">")
	if err == nil {
		err = spy.nc.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	before, err := otto.info(t.Context(), struct{}{})
	if err != nil {
		t.Fatal(err)
	}

	stream, foreign := streamOf(space), streamOf(other)
	inside := subjectOf(other, name, 5)
	ottos := inbox(otto)
	asJSON := func(v any) []byte {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	next := asJSON(map[string]any{"seq": 1, "next_by_subj": piecesOf(other) + ">"})
	mirror := asJSON(map[string]any{"name": stream + "2", "mirror": map[string]any{"name": foreign}, "storage": "file"})
	source := asJSON(map[string]any{"name": stream + "2", "sources": []any{map[string]any{"name": foreign}}, "storage": "file"})
	push := asJSON(map[string]any{"stream_name": foreign, "config": map[string]any{"name": "c", "deliver_subject": "x", "ack_policy": "none"}})
	ways := []struct{ way, subject, body string }{
		{"publish a piece", inside, "hello"},
		{"publish a hint", newsOf(other), ""},
		{"tell what holds for a moment", nowOf(other) + "abc", "hello"},
		{"publish anything", "rapport.x", "hello"},
		{"publish to another's inbox", ottos + ".x", "hello"},
		{"stream info", "$JS.API.STREAM.INFO." + foreign, ""},
		{"names of streams", "$JS.API.STREAM.NAMES", ""},
		{"list of streams", "$JS.API.STREAM.LIST", ""},
		{"account info", "$JS.API.INFO", ""},
		{"make a stream over its subjects", "$JS.API.STREAM.CREATE.mine", string(asJSON(wanted(other, 1)))},
		{"mirror", "$JS.API.STREAM.CREATE." + stream + "2", string(mirror)},
		{"source", "$JS.API.STREAM.CREATE." + stream + "2", string(source)},
		{"change its stream", "$JS.API.STREAM.UPDATE." + foreign, string(asJSON(wanted(other, 1)))},
		{"delete its stream", "$JS.API.STREAM.DELETE." + foreign, ""},
		{"purge", "$JS.API.STREAM.PURGE." + foreign, ""},
		{"delete a piece", "$JS.API.STREAM.MSG.DELETE." + foreign, `{"seq":1}`},
		{"get a piece", "$JS.API.STREAM.MSG.GET." + foreign, string(next)},
		{"get a piece directly", "$JS.API.DIRECT.GET." + foreign, string(next)},
		{"get a piece directly by its subject", "$JS.API.DIRECT.GET." + foreign + "." + subjectOf(other, name, len(body)), ""},
		{"make a consumer", "$JS.API.CONSUMER.CREATE." + foreign + ".c", string(push)},
		{"make a durable consumer", "$JS.API.CONSUMER.DURABLE.CREATE." + foreign + ".c", string(push)},
		{"next of a consumer", "$JS.API.CONSUMER.MSG.NEXT." + foreign + ".c", ""},
		{"names of consumers", "$JS.API.CONSUMER.NAMES." + foreign, ""},
		{"snapshot", "$JS.API.STREAM.SNAPSHOT." + foreign, `{"deliver_subject":"x"}`},
		{"restore", "$JS.API.STREAM.RESTORE." + foreign, `{}`},
		{"let its leader step down", "$JS.API.STREAM.LEADER.STEPDOWN." + foreign, ""},
		{"ask the servers", "$SYS.REQ.SERVER.PING", ""},
		{"ask for an account", "$SYS.REQ.ACCOUNT.PING.CONNZ", ""},
	}
	listens := map[string]string{
		"subscribe to its pieces": piecesOf(other) + ">", "subscribe to its hints": newsOf(other), "hear what holds for a moment": nowOf(other) + "*", "subscribe to all": ">", "subscribe to all inboxes": "_INBOX_*.>",
		"subscribe to another's inbox": ottos + ".>", "subscribe to the system": "$SYS.>", "subscribe to the interface": "$JS.>",
	}
	for _, user := range []string{"maya", Admin} {
		i := intrude(t, s.settings(t, url, space, user))
		for _, way := range ways {
			if !i.asks(t, way.subject, i.nc.NewInbox(), []byte(way.body)) {
				t.Errorf("%s: %s is not refused", user, way.way)
			}
		}
		for way, subject := range listens {
			if !i.hears(t, subject) {
				t.Errorf("%s: %s is not refused", user, way)
			}
		}
		// What may be asked, with the answer sent where nobody of this space may send.
		for _, subject := range []string{"$JS.API.STREAM.INFO." + stream, subjectOf(space, name, len(body))} {
			for _, reply := range []string{inside, newsOf(other), nowOf(other) + "abc", ottos + ".x"} {
				i.asks(t, subject, reply, body)
			}
		}
	}
	all := s.settings(t, url, space, "maya")
	all.Creds = s.everything(t, space)
	able := intrude(t, all)
	answers, err := able.nc.SubscribeSync("answers.>")
	if err != nil {
		t.Fatal(err)
	}
	push2 := asJSON(map[string]any{"stream_name": stream, "config": map[string]any{"name": "c", "deliver_subject": inside, "ack_policy": "none"}})
	for n, way := range append(ways, struct{ way, subject, body string }{"a consumer that delivers there", "$JS.API.CONSUMER.CREATE." + stream + ".c", string(push2)}) {
		if err := able.nc.PublishRequest(way.subject, fmt.Sprintf("answers.%d", n), []byte(way.body)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := able.nc.Request("$JS.API.STREAM.INFO."+stream, nil, time.Minute); err != nil { // by now the others are answered too
		t.Fatal(err)
	}
	for {
		m, err := answers.NextMsg(time.Millisecond)
		if err != nil {
			break
		}
		if bytes.Contains(m.Data, body) || bytes.Contains(m.Data, []byte(name)) {
			t.Errorf("with all rights of an account, way %s brings a piece of another: %.200q", m.Subject, m.Data)
		}
	}

	carriertest.Holds(t, otto, map[string][]byte{name: body})
	after, err := otto.info(t.Context(), struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	if before.State.state != after.State.state {
		t.Errorf("the other space was changed: %+v, then %+v", before.State.state, after.State.state)
	}
	if err := spy.nc.Flush(); err != nil {
		t.Fatal(err)
	}
	for {
		m, err := heard.NextMsg(time.Millisecond)
		if err != nil {
			break
		}
		if !strings.HasPrefix(m.Subject, "$JS.") && !strings.HasPrefix(m.Subject, "_INBOX_") {
			t.Errorf("the other space heard %s: %.60q", m.Subject, m.Data)
		}
	}
}

// Within their own space members may put, list and get, and nothing else.
func TestAMemberChangesNothingThatIsThere(t *testing.T) {
	s, url := one(t)
	maya := hub(t, s.settings(t, url, space, "maya"))
	name, body := carriertest.Piece(1)
	carriertest.Put(t, maya, name, body)
	i := intrude(t, s.settings(t, url, space, "maya"))
	stream := streamOf(space)
	for _, verb := range []string{"STREAM.CREATE.", "STREAM.UPDATE.", "STREAM.DELETE.", "STREAM.PURGE.", "STREAM.MSG.DELETE.", "CONSUMER.CREATE.", "CONSUMER.NAMES.",
		"STREAM.SNAPSHOT.", "STREAM.RESTORE.", "STREAM.PEER.REMOVE.", "STREAM.LEADER.STEPDOWN."} {
		if !i.asks(t, "$JS.API."+verb+stream, i.nc.NewInbox(), []byte(`{"seq":1}`)) {
			t.Errorf("%s is not refused", verb)
		}
	}
	if !i.asks(t, newsOf(space), i.nc.NewInbox(), nil) {
		t.Error("a member may tell of pieces that are not there")
	}
	anna := hub(t, s.settings(t, url, space, "anna"))
	if !i.hears(t, inbox(anna)+".>") {
		t.Error("a member may listen to another's answers")
	}
	for _, header := range []nats.Header{{"Nats-Rollup": {"sub"}}, {"Nats-Rollup": {"all"}}} { // would remove what lies there
		if _, err := i.nc.RequestMsg(&nats.Msg{Subject: subjectOf(space, name, len(body)), Header: header, Data: body}, time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	carriertest.Holds(t, anna, map[string][]byte{name: body})
}

// Who was removed gets in no more, once the servers have read the accounts anew.
func TestARemovedMemberIsKeptOut(t *testing.T) {
	s := newSite(t, "one")
	gone := s.creds(t, space, "anna")
	plan := Plan{Name: s.name, Hosts: []string{"one"}, Config: s.dir, Store: filepath.Join(s.dir, "store"), Spaces: []SpacePlan{{ID: space, Remove: []string{"anna"}}}}
	if _, err := Write(s.dir, plan); err != nil {
		t.Fatal(err)
	}
	url := serve(t, s.options(t, "one"))
	settings := s.settings(t, url, space, "maya")
	hub(t, settings)
	settings.Creds = gone
	if _, err := Open(t.Context(), settings); kindOf(err) == "" {
		t.Errorf("a removed member gets in: %v", err)
	}
}
