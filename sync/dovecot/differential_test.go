//go:build unix

package dovecot_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/bench"
	"rapport/sync/dovecot"
	"rapport/sync/mail"
)

// The variables by which the test starts itself again as a process that reads
// the mailbox once.
const (
	readDir   = "RAPPORT_TEST_READ_DIR"
	readAhead = "RAPPORT_TEST_READ_AHEAD" // so many seconds is its clock ahead
)

// TestMain is that process when the test has started it so.
func TestMain(m *testing.M) {
	dir := os.Getenv(readDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if err := readOnce(context.Background(), dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// readOnce reads the mailbox and says after each batch that it was kept.
func readOnce(ctx context.Context, dir string) error {
	ahead, err := strconv.Atoi(os.Getenv(readAhead))
	if err != nil {
		return err
	}
	now := func() time.Time { return time.Now().Add(time.Duration(ahead) * time.Second) }
	db, err := store.Open(ctx, dir, store.Options{Instance: "read", Now: now})
	if err != nil {
		return err
	}
	defer db.Close()
	lines, err := sync.New(db, password{}, sync.Options{Now: now, Report: func(data.Status) { fmt.Println("kept") }}).Once(ctx)
	for _, l := range lines {
		if l.Problem != "" {
			return fmt.Errorf("%s: %s", l.Source, l.Problem)
		}
	}
	return err
}

// password is the only secret there is.
type password struct{}

func (password) Value(string) (string, error) { return dovecot.Password, nil }
func (password) Put(string, string) error     { return nil }
func (password) Delete(string) error          { return nil }
func (password) Where() string                { return "memory" }

// TestTheWorkspaceEqualsTheServerWhateverHappens has a mailbox on a real Dovecot,
// rounds of random work in it and of readings that are killed in the middle, and
// compares the workspace with the server after each: every place of every mail,
// by its bytes and with its marks, and nothing else. 5 rounds of 2,000 mails; by
// RAPPORT_LONG up to 100 rounds of 20,000, of which RAPPORT_TEST_ROUNDS runs fewer.
// RAPPORT_TEST_SEED repeats a run.
func TestTheWorkspaceEqualsTheServerWhateverHappens(t *testing.T) {
	mails, rounds := 2000, 5
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil && share > 0 {
		mails, rounds = max(mails, int(20_000*share)), max(rounds, int(100*share))
	}
	if fewer, err := strconv.Atoi(os.Getenv("RAPPORT_TEST_ROUNDS")); err == nil {
		rounds = min(rounds, fewer)
	}
	w := newWork(t, mails)
	for round := range rounds {
		began := time.Now()
		w.when = fmt.Sprintf("round %d", round+1)
		for range w.chance.IntN(4) {
			w.readAndKill()
			w.some(mails / 200)
		}
		w.some(mails / 100)
		w.readWell()
		w.compare()
		if t.Failed() {
			return
		}
		t.Logf("%s: %v, %d readings killed so far", w.when, time.Since(began).Round(time.Second), w.killed)
	}
	t.Logf("seed %d: %d rounds on %d mails, %d readings killed in the middle; done: %v", w.seed, rounds, mails, w.killed, w.did)
}

// work is a mailbox at work and the workspace that reads it.
type work struct {
	t        *testing.T
	when     string
	seed     uint64
	chance   *rand.Rand
	server   *dovecot.Server
	client   *imapclient.Client
	dir      string // of the workspace
	box      data.Mailbox
	made     int // mails
	folders  int // made since the beginning
	killed   int
	readings int
	did      map[string]int
}

func newWork(t *testing.T, mails int) *work {
	t.Helper()
	dir, err := os.MkdirTemp("", "dc") // short: paths of sockets have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	server, err := dovecot.Start(dir)
	if errors.Is(err, dovecot.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop() })
	w := &work{t: t, when: "at first", seed: uint64(time.Now().UnixNano()), server: server, dir: t.TempDir(), did: map[string]int{}}
	if seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64); err == nil {
		w.seed = seed
	}
	t.Logf("seed %d", w.seed)
	w.chance = rand.New(rand.NewPCG(w.seed, 0))
	corpus := bench.Generated(mails, 0)
	for m := range corpus.Mails {
		w.check(server.Deliver(m.Folder, m.Raw, m.At, m.Seen))
	}
	w.signIn()
	t.Cleanup(func() { w.client.Close() })
	db := w.open()
	w.box = data.Mailbox{Address: corpus.World.Mailbox, Host: "127.0.0.1", Port: server.Port, Security: data.Plain, User: dovecot.User}
	_, err = db.Write(context.Background(), "", func(tx *store.Tx) (err error) {
		w.box, err = tx.PutMailbox(w.box)
		return err
	})
	w.check(err)
	w.check(db.Close())
	return w
}

func (w *work) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("seed %d, %s: %v", w.seed, w.when, err)
	}
}

func (w *work) open() *store.DB {
	w.t.Helper()
	db, err := store.Open(context.Background(), w.dir, store.Options{Instance: "read"})
	w.check(err)
	return db
}

// reading starts this test again as a process that reads the mailbox once. Its
// clock is ahead of that of the reading before, since a mail that is gone is
// forgotten by a reading that began in a later second.
func (w *work) reading() *exec.Cmd {
	w.readings++
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), readDir+"="+w.dir, readAhead+"="+strconv.Itoa(2*w.readings))
	return c
}

func (w *work) readWell() {
	w.t.Helper()
	if out, err := w.reading().CombinedOutput(); err != nil {
		w.check(fmt.Errorf("%w\n%s", err, out))
	}
}

// readAndKill kills a reading a moment after some batches, and looks that what
// it has kept and what it would read next fit together: nothing is lost between
// them, and nothing that is kept is fetched again.
func (w *work) readAndKill() {
	w.t.Helper()
	c := w.reading()
	out, err := c.StdoutPipe()
	w.check(err)
	w.check(c.Start())
	lines := bufio.NewScanner(out)
	for n := w.chance.IntN(6); n > 0 && lines.Scan(); n-- {
	}
	timer := time.AfterFunc(time.Duration(w.chance.IntN(30))*time.Millisecond, func() { c.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
	}
	if c.Wait() == nil || c.ProcessState.Exited() {
		return // it was done before
	}
	w.killed++
	w.did["kill"]++
	db := w.open()
	defer db.Close()
	kept := w.placesKept(db)
	cursor, err := db.Cursor(context.Background(), w.box.SourceName())
	w.check(err)
	s := mail.Source{Mailbox: w.box, Password: func(context.Context) (string, error) { return dovecot.Password, nil }}
	w.check(s.Fetch(context.Background(), cursor, func(b data.Batch) error {
		for _, a := range b.Arrived {
			if kept[a.Location] != "" {
				return fmt.Errorf("%v is kept and was fetched again", a.Location)
			}
			kept[a.Location] = a.Message.ID
		}
		for _, l := range b.Gone {
			delete(kept, l)
		}
		if b.Renumbered != 0 {
			maps.DeleteFunc(kept, func(l data.Location, _ string) bool { return l.Folder == b.Folder && l.UIDValidity != b.Renumbered })
		}
		return nil
	}))
	w.same(kept, w.truth().places, "kept, with what would come next,")
}

// placesKept are the places of mails in the workspace, each with its mail's ID.
func (w *work) placesKept(db *store.DB) map[data.Location]string {
	w.t.Helper()
	kept := map[data.Location]string{}
	for m, err := range db.Messages(context.Background(), data.MessageQuery{}) {
		w.check(err)
		for _, l := range m.Locations {
			kept[l] = m.ID
		}
	}
	return kept
}

func (w *work) same(have, want map[data.Location]string, what string) {
	w.t.Helper()
	wrong := 0
	complain := func(l data.Location, says string) {
		if wrong++; wrong <= 5 {
			w.t.Errorf("seed %d, %s: %s: %s/%d of %d %s", w.seed, w.when, what, l.Folder, l.UID, l.UIDValidity, says)
		}
	}
	for l, id := range want {
		switch have[l] {
		case id:
		case "":
			complain(l, "is missing")
		default:
			complain(l, "is another mail")
		}
	}
	for l := range have {
		if want[l] == "" {
			complain(l, "is not on the server")
		}
	}
	if wrong > 5 {
		w.t.Errorf("and %d more", wrong-5)
	}
}

// compare fails unless the workspace holds what the server does. A mail that is
// gone may stay until the next reading, so it reads once more first, and then
// nothing may have changed.
func (w *work) compare() {
	w.t.Helper()
	truth := w.truth()
	db := w.open()
	w.same(w.placesKept(db), truth.places, "after a reading")
	w.check(db.Close())
	w.readWell()
	db = w.open()
	defer db.Close()
	w.same(w.placesKept(db), truth.places, "after another reading")
	mails := map[string]bool{}
	for _, id := range truth.places {
		mails[id] = true
	}
	n := 0
	for m, err := range db.Messages(context.Background(), data.MessageQuery{}) {
		w.check(err)
		n++
		if !mails[m.ID] {
			w.t.Errorf("seed %d, %s: the workspace has a mail that no folder has: %q", w.seed, w.when, m.Subject)
		}
	}
	if n != len(mails) {
		w.t.Errorf("seed %d, %s: %d mails, the server has %d", w.seed, w.when, n, len(mails))
	}
	w.compareFlags(truth)
	checks, err := db.Check(context.Background())
	w.check(err)
	for _, c := range checks {
		if !c.Well {
			w.t.Errorf("seed %d, %s: %s: %s", w.seed, w.when, c.What, c.Says)
		}
	}
}

func (w *work) compareFlags(truth truth) {
	w.t.Helper()
	file, err := sql.Open("sqlite3", "file:"+filepath.Join(w.dir, store.FileName)+"?mode=ro")
	w.check(err)
	defer file.Close()
	rows, err := file.Query(`SELECT mailbox_id, folder, uidvalidity, uid, flags FROM location`)
	w.check(err)
	defer rows.Close()
	have := map[data.Location]string{}
	for rows.Next() {
		var l data.Location
		var flags string
		w.check(rows.Scan(&l.Mailbox, &l.Folder, &l.UIDValidity, &l.UID, &flags))
		have[l] = flags
	}
	w.check(rows.Err())
	wrong := 0
	for l, flags := range truth.flags {
		if have[l] != string(flags) {
			if wrong++; wrong <= 5 {
				w.t.Errorf("seed %d, %s: %s/%d has the marks %q, on the server %q", w.seed, w.when, l.Folder, l.UID, have[l], flags)
			}
		}
	}
}

// truth is what the server holds, asked in the plainest way there is.
type truth struct {
	places map[data.Location]string
	flags  map[data.Location]data.Flags
}

func (w *work) truth() truth {
	w.t.Helper()
	w.signIn()
	all := truth{map[data.Location]string{}, map[data.Location]data.Flags{}}
	for _, folder := range w.list() {
		state, err := w.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil || state.NumMessages == 0 {
			continue
		}
		cmd := w.client.Fetch(imap.SeqSet{imap.SeqRange{Start: 1}}, &imap.FetchOptions{UID: true, Flags: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			m, err := msg.Collect()
			w.check(err)
			sum := sha256.Sum256(m.BodySection[0].Bytes)
			l := data.Location{Mailbox: w.box.ID, Folder: folder, UIDValidity: state.UIDValidity, UID: uint32(m.UID)}
			all.places[l] = hex.EncodeToString(sum[:])
			var names []string
			for _, f := range m.Flags {
				names = append(names, string(f))
			}
			all.flags[l] = data.FlagsOf(names)
		}
		w.check(cmd.Close())
	}
	return all
}

func (w *work) list() []string {
	w.t.Helper()
	listed, err := w.client.List("", "*", nil).Collect()
	w.check(err)
	var names []string
	for _, l := range listed {
		if !slices.Contains(l.Attrs, imap.MailboxAttrNoSelect) {
			names = append(names, l.Mailbox)
		}
	}
	slices.Sort(names)
	return names
}

// some does so many random things in the mailbox.
func (w *work) some(n int) {
	for range n {
		things := []struct {
			weight int
			name   string
			do     func()
		}{
			{30, "deliver", w.deliver}, {15, "move", w.move}, {10, "copy", w.copy}, {15, "mark", w.mark}, {12, "expunge", w.expunge},
			{3, "create", w.create}, {3, "rename", w.rename}, {2, "delete", w.remove}, {2, "renumber", w.renumber}, {1, "lose index", w.loseIndex},
		}
		total := 0
		for _, thing := range things {
			total += thing.weight
		}
		at := w.chance.IntN(total)
		for _, thing := range things {
			if at -= thing.weight; at < 0 {
				w.signIn() // Dovecot ends sessions whose folders went away under them
				thing.do()
				w.did[thing.name]++
				break
			}
		}
	}
	w.signIn() // so that no folder is held open
}

func (w *work) anyFolder() string {
	names := w.list()
	return names[w.chance.IntN(len(names))]
}

// others are the folders that may be renamed or removed.
func (w *work) others() []string {
	return slices.DeleteFunc(w.list(), func(name string) bool { return name == "INBOX" || name == "Sent" })
}

func (w *work) deliver() {
	folder := w.anyFolder()
	var raws [][]byte
	for range 1 + w.chance.IntN(5) {
		w.made++
		id := fmt.Sprintf("Message-ID: <made%d@kestrel.example>\r\n", w.made)
		if w.chance.IntN(5) == 0 {
			id = "" // and none is made up
		}
		raws = append(raws, fmt.Appendf(nil, "From: Anna <anna@kestrel.example>\r\nTo: maya@larkfield.example\r\nSubject: Made %d\r\n%s\r\nThe %d. letter.\r\n", w.made, id, w.made))
	}
	if w.chance.IntN(4) == 0 {
		raws = append(raws, raws[0]) // the same bytes twice in one folder
	}
	for _, raw := range raws {
		cmd := w.client.Append(folder, int64(len(raw)), nil)
		_, err := cmd.Write(raw)
		w.check(errors.Join(err, cmd.Close()))
		_, err = cmd.Wait()
		w.check(err)
	}
}

// pick opens a folder for writing and draws some of its mails; none where it is
// empty.
func (w *work) pick(folder string) imap.UIDSet {
	w.t.Helper()
	_, err := w.client.Select(folder, nil).Wait()
	w.check(err)
	found, err := w.client.UIDSearch(&imap.SearchCriteria{}, nil).Wait()
	w.check(err)
	var set imap.UIDSet
	if all := found.AllUIDs(); len(all) > 0 {
		for range 1 + w.chance.IntN(10) {
			set.AddNum(all[w.chance.IntN(len(all))])
		}
	}
	return set
}

func (w *work) move() {
	if set := w.pick(w.anyFolder()); len(set) > 0 {
		_, err := w.client.Move(set, w.anyFolder()).Wait()
		w.check(err)
	}
}

func (w *work) copy() {
	if set := w.pick(w.anyFolder()); len(set) > 0 {
		_, err := w.client.Copy(set, w.anyFolder()).Wait()
		w.check(err)
	}
}

func (w *work) mark() {
	if set := w.pick(w.anyFolder()); len(set) > 0 {
		op := []imap.StoreFlagsOp{imap.StoreFlagsAdd, imap.StoreFlagsDel}[w.chance.IntN(2)]
		flag := []imap.Flag{imap.FlagSeen, imap.FlagFlagged, imap.FlagAnswered}[w.chance.IntN(3)]
		w.check(w.client.Store(set, &imap.StoreFlags{Op: op, Silent: true, Flags: []imap.Flag{flag}}, nil).Close())
	}
}

func (w *work) expunge() {
	if set := w.pick(w.anyFolder()); len(set) > 0 {
		w.check(w.client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close())
		w.check(w.client.UIDExpunge(set).Close())
	}
}

func (w *work) create() {
	w.folders++
	w.check(w.client.Create(fmt.Sprintf("Made %d", w.folders), nil).Wait())
}

func (w *work) rename() {
	if others := w.others(); len(others) > 0 {
		w.folders++
		w.check(w.client.Rename(others[w.chance.IntN(len(others))], fmt.Sprintf("Renamed %d", w.folders), nil).Wait())
	}
}

// remove deletes a folder; at times one of the same name comes after it.
func (w *work) remove() {
	others := w.others()
	if len(others) < 3 {
		return
	}
	name := others[w.chance.IntN(len(others))]
	w.check(w.client.Delete(name).Wait())
	if w.chance.IntN(2) == 0 {
		w.check(w.client.Create(name, nil).Wait())
	}
}

// renumber gives a folder another UIDVALIDITY; its mails keep their UIDs.
func (w *work) renumber() {
	folder := w.anyFolder()
	w.signIn()
	validity := strconv.FormatInt(1_800_000_000+w.chance.Int64N(1<<30), 10)
	w.check(w.server.Adm("mailbox", "update", "-u", dovecot.User, "--uid-validity", validity, folder))
}

// loseIndex takes away what Dovecot knows of a folder, so that it numbers its
// mails anew.
func (w *work) loseIndex() {
	folder := w.anyFolder()
	w.signIn()
	for _, pattern := range []string{w.server.Box(folder) + "/dovecot-uidlist", w.server.Box(folder) + "/dovecot.index*", w.server.Box("INBOX") + "/dovecot.list.index*"} {
		found, err := filepath.Glob(pattern)
		w.check(err)
		for _, path := range found {
			w.check(os.Remove(path))
		}
	}
}

// signIn connects to the server, anew where it was.
func (w *work) signIn() {
	w.t.Helper()
	if w.client != nil {
		_ = w.client.Close() // whatever it was at is done
	}
	client, err := imapclient.DialInsecure(w.server.Address(), nil)
	w.check(err)
	w.check(client.Login(dovecot.User, dovecot.Password).Wait())
	w.client = client
}
