package jetstream

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/sync/team"
	"rapport/sync/team/jetstream/hubtest"
)

// weekend is how many segments each laptop wrote since it was last online, and
// weekendBytes how long each is, as a sealed one of some twenty changes.
const (
	weekend      = 2
	weekendBytes = 2000
)

// monday is a hub with teams of laptops, all of which come back at once.
type monday struct {
	tb     testing.TB
	site   site
	url    string
	spaces []string
	size   int // laptops of a team

	fetched, messages, bytes atomic.Int64
}

// newMonday runs a hub of one server in this process with a space for each team.
func newMonday(tb testing.TB, teams, size int) *monday {
	tb.Helper()
	m := &monday{tb: tb, site: site{tb.TempDir(), "testhub"}, size: size}
	plan := Plan{Name: m.site.name, Hosts: []string{"one"}, Config: m.site.dir, Store: filepath.Join(m.site.dir, "store")}
	for n := range teams {
		m.spaces = append(m.spaces, fmt.Sprintf("team%d", n))
		plan.Spaces = append(plan.Spaces, SpacePlan{ID: m.spaces[n], Members: []string{"maya"}})
	}
	if _, err := Write(m.site.dir, plan); err != nil {
		tb.Fatal(err)
	}
	if err := hubtest.Certify(m.site.dir); err != nil {
		tb.Fatal(err)
	}
	o := m.site.options(tb, "one")
	o.SyncAlways, o.SyncInterval = false, time.Hour // what is measured is not the disk
	url, stop, err := hubtest.Start(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(stop)
	m.url = url
	for _, id := range m.spaces {
		if err := Make(tb.Context(), m.site.settings(tb, url, id, Admin)); err != nil {
			tb.Fatal(err)
		}
	}
	return m
}

// wrote is the nth segment of a laptop: the same bytes each time it is asked for.
func wrote(space string, laptop, n int) (name string, body []byte) {
	var seed [32]byte
	copy(seed[:], space)
	binary.LittleEndian.PutUint64(seed[16:], uint64(laptop))
	binary.LittleEndian.PutUint64(seed[24:], uint64(n))
	body = make([]byte, weekendBytes)
	_, _ = rand.NewChaCha8(seed).Read(body) // it never fails
	return team.Name(team.SegmentPiece, body), body
}

// comesBack is what one laptop does: it connects, puts what it wrote, and takes what
// the others put there until it has all of the team's.
func (m *monday) comesBack(ctx context.Context, space string, laptop int, everybodyPut *sync.WaitGroup) error {
	var once sync.Once
	put := func() { once.Do(everybodyPut.Done) }
	defer put()
	h, err := Open(ctx, m.site.settings(m.tb, m.url, space, "maya"))
	if err != nil {
		return fmt.Errorf("connecting: %w", err)
	}
	defer h.Close()
	have := map[string]bool{}
	for n := range weekend {
		name, body := wrote(space, laptop, n)
		if err := h.PutNew(ctx, name, body); err != nil {
			return fmt.Errorf("putting: %w", err)
		}
		have[name] = true
	}
	if err := m.take(ctx, h, have); err != nil {
		return err
	}
	put()
	everybodyPut.Wait() // then it is told of news, and takes what came since
	if err := m.take(ctx, h, have); err != nil {
		return err
	}
	if len(have) != weekend*m.size {
		return fmt.Errorf("it has %d pieces of %d", len(have), weekend*m.size)
	}
	s := h.nc.Stats()
	m.messages.Add(int64(s.InMsgs + s.OutMsgs))
	m.bytes.Add(int64(s.InBytes + s.OutBytes))
	return nil
}

// take fetches what a laptop has not.
func (m *monday) take(ctx context.Context, h *Hub, have map[string]bool) error {
	list, err := h.List(ctx)
	if err != nil {
		return fmt.Errorf("listing: %w", err)
	}
	for _, p := range list {
		if have[p.Name] {
			continue
		}
		body, err := h.Get(ctx, p.Name)
		if err != nil {
			return fmt.Errorf("fetching: %w", err)
		}
		if !team.Fits(p.Name, body) {
			return errors.New("a piece is not what its name promises")
		}
		have[p.Name] = true
		m.fetched.Add(1)
	}
	return nil
}

// all lets every laptop come back at once, and says how long it took.
func (m *monday) all() time.Duration {
	ctx, cancel := context.WithTimeout(m.tb.Context(), 5*time.Minute)
	defer cancel()
	begin := time.Now()
	var every sync.WaitGroup
	for _, space := range m.spaces {
		var put sync.WaitGroup
		put.Add(m.size)
		for laptop := range m.size {
			every.Go(func() {
				if err := m.comesBack(ctx, space, laptop, &put); err != nil {
					m.tb.Errorf("laptop %d of %s: %v", laptop, space, err)
				}
			})
		}
		defer put.Wait()
	}
	every.Wait()
	return time.Since(begin)
}

// TestMondayMorning has all laptops of many teams come back at once: each gets all
// that the others of its team wrote, and none meets an error. RAPPORT_LONG is the share
// of two thousand.
func TestMondayMorning(t *testing.T) {
	teams := 5
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		teams = max(teams, int(100*share))
	}
	m := newMonday(t, teams, 20)
	m.all()
	laptops := int64(teams * 20)
	if want := laptops * weekend * 19; m.fetched.Load() != want {
		t.Errorf("%d pieces were fetched, want %d", m.fetched.Load(), want)
	}
	t.Logf("%d laptops in teams of 20: each fetched %d pieces with %d messages and %d KB", laptops,
		m.fetched.Load()/laptops, m.messages.Load()/laptops, m.bytes.Load()/laptops/1000)
}

// BenchmarkMondayMorning writes down what coming back costs each laptop as its team
// grows: pieces, messages and bytes over the line, and the hub's and its own time.
func BenchmarkMondayMorning(b *testing.B) {
	for _, c := range []struct{ teams, size int }{{400, 5}, {100, 20}, {25, 80}, {8, 250}} {
		b.Run(fmt.Sprintf("%d-laptops/team-of-%d", c.teams*c.size, c.size), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				m := newMonday(b, c.teams, c.size)
				b.StartTimer()
				took := m.all()
				laptops := float64(c.teams * c.size)
				b.ReportMetric(float64(m.fetched.Load())/laptops, "pieces/laptop")
				b.ReportMetric(float64(m.messages.Load())/laptops, "messages/laptop")
				b.ReportMetric(float64(m.bytes.Load())/laptops/1000, "KB/laptop")
				b.ReportMetric(float64(took.Milliseconds())/laptops, "ms/laptop")
			}
		})
	}
}
