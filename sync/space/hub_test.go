package space

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team/jetstream"
	"rapport/sync/team/jetstream/hubtest"
)

// hub is a hub of one server, with a place called larkfield.
type hub struct {
	t        testing.TB
	dir, url string
	stop     func()
}

func newHub(t testing.TB) *hub {
	t.Helper()
	h := &hub{t: t, dir: t.TempDir()}
	if _, err := jetstream.Write(h.dir, jetstream.Plan{
		Name: "testhub", Hosts: []string{"one"}, Config: h.dir, Store: filepath.Join(h.dir, "store"),
		Spaces: []jetstream.SpacePlan{{ID: "larkfield", Members: []string{"maya", "jonas"}}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := hubtest.Certify(h.dir); err != nil {
		t.Fatal(err)
	}
	h.start()
	t.Cleanup(func() { h.stop() })
	return h
}

// start runs the server, at the port that it had before, and makes the place where
// it is not there.
func (h *hub) start() {
	h.t.Helper()
	o, err := hubtest.Options(filepath.Join(h.dir, "servers", "one.conf"))
	if err != nil {
		h.t.Fatal(err)
	}
	if h.url, h.stop, err = hubtest.Start(o); err != nil {
		h.t.Fatal(err)
	}
	s := jetstream.Settings{Servers: []string{h.url}, Space: "larkfield", Creds: h.read("keys", "creds", "testhub", "larkfield", "admin.creds"), CA: h.read("ca.pem"), Unsafe: true}
	if err := jetstream.Make(context.Background(), s); err != nil {
		h.t.Fatal(err)
	}
}

// wipe is all disks lost: the same hub with nothing on it, elsewhere.
func (h *hub) wipe() {
	h.t.Helper()
	h.stop()
	if err := os.RemoveAll(filepath.Join(h.dir, "store")); err != nil {
		h.t.Fatal(err)
	}
	h.start()
}

func (h *hub) read(path ...string) []byte {
	h.t.Helper()
	body, err := os.ReadFile(filepath.Join(append([]string{h.dir}, path...)...))
	if err != nil {
		h.t.Fatal(err)
	}
	return body
}

func (h *hub) access(who string) HubAccess {
	return HubAccess{Servers: []string{h.url}, Credentials: h.read("keys", "creds", "testhub", "larkfield", who+".creds"), CA: h.read("ca.pem"), One: true}
}

func (h *hub) place(l *laptop) string {
	h.t.Helper()
	place, err := l.HubPlace(context.Background(), h.access(l.name))
	if err != nil {
		h.t.Fatal(err)
	}
	return place
}

// onHub2 are two laptops that share an account over a hub.
func onHub2(t testing.TB, h *hub) (id string, maya, jonas *laptop) {
	t.Helper()
	ctx := context.Background()
	maya, jonas = newLaptop(t, "maya"), newLaptop(t, "jonas")
	sp, err := maya.Create(ctx, "Larkfield", data.TeamSpace, h.place(maya))
	if err != nil {
		t.Fatal(err)
	}
	maya.write(func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}); err != nil {
			return err
		}
		_, err := tx.ShareAccount("k", sp.ID)
		return err
	})
	file, err := maya.Invite(ctx, sp.ID, data.Invitee{Name: "jonas", History: true})
	if err != nil {
		t.Fatal(err)
	}
	if hint := jonas.Hint(file); len(hint) != 1 || hint[0] != h.url {
		t.Errorf("the invitation says that the hub is at %v", hint)
	}
	if _, err := jonas.Join(ctx, file, h.place(jonas)); err != nil {
		t.Fatal(err)
	}
	maya.sync(sp.ID)
	jonas.sync(sp.ID)
	return sp.ID, maya, jonas
}

func TestTwoLaptopsShareOverAHubThatIsWiped(t *testing.T) {
	h := newHub(t)
	id, maya, jonas := onHub2(t, h)
	if err := jonas.rename("k", "Kestrel Museums"); err != nil {
		t.Fatal(err)
	}
	jonas.sync(id)
	maya.sync(id)
	if maya.account("k") != "Kestrel Museums" || maya.hash(id) != jonas.hash(id) {
		t.Errorf("over the hub came %q", maya.account("k"))
	}

	h.wipe()
	for _, l := range []*laptop{maya, jonas} { // the port is another one now
		if _, err := l.Move(context.Background(), id, h.place(l)); err != nil {
			t.Fatal(err)
		}
	}
	if err := maya.rename("k", "Kestrel & Sons"); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	jonas.sync(id)
	if jonas.account("k") != "Kestrel & Sons" || maya.hash(id) != jonas.hash(id) {
		t.Errorf("over the new hub came %q", jonas.account("k"))
	}
	ctx := context.Background()
	file, err := maya.Invite(ctx, id, data.Invitee{Name: "ines", History: true})
	if err != nil {
		t.Fatal(err)
	}
	ines := newLaptop(t, "ines") // she has what was written before the hub was wiped
	place, err := ines.HubPlace(ctx, h.access("jonas"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ines.Join(ctx, file, place); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	ines.sync(id)
	if ines.hash(id) != maya.hash(id) || ines.account("k") != "Kestrel & Sons" {
		t.Errorf("a newcomer has %q of it", ines.account("k"))
	}
}

func TestOverAHubWhatOneWritesTheOtherHasByItself(t *testing.T) {
	h := newHub(t)
	_, maya, jonas := onHub2(t, h)
	ctx, stop := context.WithCancel(context.Background())
	var following sync.WaitGroup
	defer following.Wait()
	defer stop()
	following.Go(func() {
		if err := jonas.Follow(ctx, func(Report, error) {}); err != nil {
			t.Error(err)
		}
	})
	committed := make(chan struct{}, 1)
	defer jonas.db.Watch(func(store.Changed) { ring(committed) })()
	if err := maya.rename("k", "Kestrel by itself"); err != nil {
		t.Fatal(err)
	}
	sp, err := maya.db.Spaces(ctx)
	if err != nil {
		t.Fatal(err)
	}
	maya.sync(sp[0].ID)
	for jonas.account("k") != "Kestrel by itself" {
		<-committed
	}
}

func TestCredentialsLieInTheKeyringOnly(t *testing.T) {
	h := newHub(t)
	_, maya, _ := onHub2(t, h)
	dir := maya.db.Dir()
	if err := maya.db.Close(); err != nil {
		t.Fatal(err)
	}
	creds := string(h.read("keys", "creds", "testhub", "larkfield", "maya.creds"))
	_, seed, _ := strings.Cut(creds, "-----BEGIN USER NKEY SEED-----\n")
	seed, _, _ = strings.Cut(seed, "\n")
	if len(seed) < 50 {
		t.Fatalf("%d letters of a seed", len(seed))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), seed) || strings.Contains(string(body), "BEGIN NATS USER JWT") {
			t.Errorf("%s has credentials in it", filepath.Base(path))
		}
	}
}

func TestAHubIsRefused(t *testing.T) {
	h := newHub(t)
	ctx := context.Background()
	l := newLaptop(t, "maya")
	for name, c := range map[string]struct {
		change func(*HubAccess)
		kind   data.ProblemKind // "" for what was given wrongly
		says   string
	}{
		"one server":                 {func(a *HubAccess) { a.One = false }, data.HubUnsafe, "1 copies"},
		"a stranger's certificate":   {func(a *HubAccess) { a.CA, a.One = nil, false }, data.BadCertificate, ""},
		"no credentials":             {func(a *HubAccess) { a.Credentials = []byte("none") }, "", "these are none"},
		"the system's credentials":   {func(a *HubAccess) { a.Credentials = h.read("keys", "creds", "testhub", "SYS", "sys.creds") }, "", "not a member"},
		"an address with a password": {func(a *HubAccess) { a.Servers = []string{"tls://me:secret@127.0.0.1:1"} }, "", "tls://host:4222"},
		"nobody there":               {func(a *HubAccess) { a.Servers = []string{"tls://127.0.0.1:1"} }, data.Offline, ""},
	} {
		a := h.access("maya")
		c.change(&a)
		_, err := l.HubPlace(ctx, a)
		p, _ := data.AsProblem(err)
		if err == nil || (p == nil) != (c.kind == "") || p != nil && p.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	sp, err := l.Create(ctx, "Larkfield", data.TeamSpace, h.place(l))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.keys.Delete(hubSecret + sp.Place); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Sync(ctx, sp.ID); err == nil || !strings.Contains(err.Error(), "does not let this laptop in") {
		t.Errorf("without its credentials it says %v", err)
	}
}

func TestARecoveryKeyWorksOverAHub(t *testing.T) {
	h := newHub(t)
	id, maya, jonas := onHub2(t, h)
	again := anew(t, jonas)
	list, err := again.RecoverSpaces(context.Background(), h.place(again), "")
	if err != nil || len(list) != 1 || list[0].Space.ID != id || again.hash(id) != maya.hash(id) {
		t.Fatalf("recovered %+v, %v", list, err)
	}
}
