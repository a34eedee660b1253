//go:build ignore

// Command peers measures Rapport beside mbsync on the same mail, the same server and the same disk, one after the
// other in turn, and prints medians and ratios. It starts a Dovecot of its own on this laptop with a generated
// mailbox. What is not installed is skipped, and it says so.
//
//	go run .ci/peers.go [-mails 20000] [-fat 2000] [-rounds 5] [-delay 50ms] [-delete]
//
// It builds build/rapport first where that is not there (make build). Rapport is timed from connecting to the last
// commit, in its own process, as `rapport bench mail` does; mbsync is timed as a process, since it is one.
//
// What mbsync wrote in many files is deleted when all is measured. On ext4 it must be: a new file does not take the place of one that
// was deleted within the last half minute, and looking for another place takes longer than writing the file, so with
// 20,000 files deleted just before, mbsync takes up to ten times as long (-delete measures that).
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"rapport/sync/bench"
	"rapport/sync/dovecot"
)

const rapport = "build/rapport"

var (
	mails  = flag.Int("mails", 20000, "mails in 17 folders")
	fat    = flag.Int("fat", 2000, "mails of 250 kB in a second mailbox; 0 for none")
	rounds = flag.Int("rounds", 5, "times that each is measured")
	early  = flag.Bool("delete", false, "delete what mbsync wrote after each time that it is measured")
	delay  = flag.Duration("delay", 50*time.Millisecond, "round trip of the slow line; 0 for none")
)

func main() {
	flag.Parse()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if _, err := exec.LookPath("mbsync"); err != nil {
		fmt.Println("skipped: mbsync is not installed (Debian: isync)")
		return nil
	}
	if out, err := exec.Command("go", "build", "-o", rapport, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	dir, err := os.MkdirTemp("", "peers")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%d rounds on %s, in turn; medians, with the fastest and the slowest\n", *rounds, machine())
	if err := compare(ctx, filepath.Join(dir, "many"), bench.Generated(*mails, 0), *mails, 0); err != nil {
		return err
	}
	if *fat > 0 {
		return compare(ctx, filepath.Join(dir, "fat"), bench.Generated(*fat, 180_000), *fat, 180_000)
	}
	return nil
}

// compare measures all of them on one mailbox.
func compare(ctx context.Context, dir string, c bench.Corpus, n, attached int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	d, err := dovecot.Start(filepath.Join(dir, "server"))
	if errors.Is(err, dovecot.ErrAbsent) {
		fmt.Println("skipped:", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer d.Stop()
	bytes, folders := 0, map[string]bool{}
	for m := range c.Mails {
		bytes += len(m.Raw)
		folders[m.Folder] = true
		if err := d.Deliver(m.Folder, m.Raw, m.At, m.Seen); err != nil {
			return err
		}
	}
	fmt.Printf("\n%d mails, %.1f MB, %d folders\n", n, float64(bytes)/1e6, len(folders))
	near := contest{dir: dir, host: "127.0.0.1", port: d.Port, mails: n, attached: attached, times: map[string][]time.Duration{}}
	for range *rounds {
		if err := near.round(true); err != nil {
			return err
		}
	}
	near.print("loopback")
	if *delay <= 0 || attached > 0 {
		return nil
	}
	line, err := bench.NewLine(ctx, d.Address(), *delay)
	if err != nil {
		return err
	}
	defer line.Close()
	far := contest{dir: dir, host: line.Host, port: line.Port, mails: n, attached: attached, times: map[string][]time.Duration{}}
	for range *rounds {
		if err := far.round(false); err != nil {
			return err
		}
	}
	far.print(fmt.Sprintf("round trip of %v", *delay))
	fmt.Printf("  first sync, slow line to loopback: %.2f\n", ratio(far.times[oursFirst], near.times[oursFirst]))
	return nil
}

// What is timed.
const (
	oursFirst  = "rapport, first sync"
	oursNewest = "rapport, newest 50 visible"
	oursNone   = "rapport, no change"
	theirFirst = "mbsync without fsync, first"
	theirSafe  = "mbsync as it comes, first"
	theirNone  = "mbsync, no change"
)

// contest is what was measured on one line to one mailbox.
type contest struct {
	dir             string
	host            string
	port            int
	mails, attached int
	times           map[string][]time.Duration
	heap            []uint64
	kept            int
}

// round measures each once. The default of mbsync, which syncs every file, is
// measured on loopback only.
func (c *contest) round(safe bool) error {
	if err := c.ours(); err != nil {
		return err
	}
	if err := c.theirs(false, theirFirst, theirNone); err != nil {
		return err
	}
	if !safe {
		return nil
	}
	return c.theirs(true, theirSafe, "")
}

func (c *contest) ours() error {
	cmd := exec.Command(rapport, "bench", "mail", "-json", "-password-stdin", "-user", "test",
		"-server", net.JoinHostPort(c.host, strconv.Itoa(c.port)), "-mails", strconv.Itoa(c.mails), "-attached", strconv.Itoa(c.attached))
	cmd.Stdin, cmd.Stderr = strings.NewReader("secret\n"), os.Stderr
	cmd.Env = append(os.Environ(), "TMPDIR="+c.dir)
	syscall.Sync() // what an earlier program left to be written is not this one's to wait for
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("rapport: %w", err)
	}
	var r struct {
		Mails                         int
		FirstMS, NewestMS, NoChangeMS float64
		HeapPeakBytes                 uint64
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return err
	}
	ms := func(v float64) time.Duration { return time.Duration(v * float64(time.Millisecond)) }
	c.add(oursFirst, ms(r.FirstMS))
	c.add(oursNewest, ms(r.NewestMS))
	c.add(oursNone, ms(r.NoChangeMS))
	c.heap, c.kept = append(c.heap, r.HeapPeakBytes), r.Mails
	return nil
}

func (c *contest) add(name string, d time.Duration) { c.times[name] = append(c.times[name], d) }

// theirs runs mbsync into an empty Maildir, and then some times without news.
func (c *contest) theirs(fsync bool, first, none string) error {
	box, err := os.MkdirTemp(c.dir, "mbsync")
	if err != nil {
		return err
	}
	if *early || c.attached > 0 { // few files, and large
		defer os.RemoveAll(box)
	}
	yes := map[bool]string{true: "yes", false: "no"}
	rc := fmt.Sprintf(`FSync %s

IMAPAccount a
Host %s
Port %d
User test
Pass secret
SSLType None
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path %s/m/
Inbox %s/m/INBOX
SubFolders Verbatim

Channel c
Far :far:
Near :near:
Patterns *
Create Near
Sync Pull
SyncState *
`, yes[fsync], c.host, c.port, box, box)
	if err := os.MkdirAll(box+"/m", 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(box+"/rc", []byte(rc), 0o600); err != nil {
		return err
	}
	syscall.Sync()
	if err := c.mbsync(box, first); err != nil || none == "" {
		return err
	}
	for range 5 {
		if err := c.mbsync(box, none); err != nil {
			return err
		}
	}
	return nil
}

func (c *contest) mbsync(box, name string) error {
	begun := time.Now()
	out, err := exec.Command("mbsync", "-q", "-c", box+"/rc", "c").CombinedOutput()
	c.add(name, time.Since(begun))
	if err != nil && !bytes.Contains(out, []byte("incomplete header")) {
		return fmt.Errorf("mbsync: %w\n%s", err, out)
	}
	return nil
}

func (c *contest) print(line string) {
	fmt.Printf("%s\n", line)
	for _, name := range []string{oursFirst, oursNewest, oursNone, theirFirst, theirSafe, theirNone} {
		took := c.times[name]
		if len(took) == 0 {
			continue
		}
		took = slices.Sorted(slices.Values(took))
		rate := ""
		if strings.HasSuffix(name, "first") || name == oursFirst {
			rate = fmt.Sprintf("  %6.0f mails/s", float64(c.mails)/middle(took).Seconds())
		}
		fmt.Printf("  %-28s %9.3f s  (%.3f–%.3f)%s\n", name, middle(took).Seconds(), took[0].Seconds(), took[len(took)-1].Seconds(), rate)
	}
	fmt.Printf("  kept %d of %d; heap at most %d MB\n", c.kept, c.mails, slices.Max(c.heap)>>20)
	fmt.Printf("  first sync: mbsync without fsync takes %.2f times as long", ratio(c.times[theirFirst], c.times[oursFirst]))
	if len(c.times[theirSafe]) > 0 {
		fmt.Printf(", as it comes %.2f times", ratio(c.times[theirSafe], c.times[oursFirst]))
	}
	fmt.Printf("\n  no change: rapport takes %.2f of mbsync's time\n", ratio(c.times[oursNone], c.times[theirNone]))
}

func ratio(a, b []time.Duration) float64 { return float64(middle(a)) / float64(middle(b)) }

func middle(took []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(took))[len(took)/2]
}

// machine says on what it ran.
func machine() string {
	out, _ := exec.Command("nproc").Output()
	load, _ := os.ReadFile("/proc/loadavg")
	return strings.TrimSpace(string(out)) + " cores, load " + strings.Join(strings.Fields(string(load) + " ? ? ?")[:3], " ")
}
