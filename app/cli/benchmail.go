package cli

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"rapport/data"
	"rapport/sync/bench"
)

func benchMailVerb() *verb {
	return &verb{
		name: "bench mail", does: "Measure how fast a mailbox is read",
		more: `It makes a mailbox, serves it on this laptop, reads it into a workspace in a
temporary folder with all that belongs to that (threads, filing, the search
index), and takes both away again. -from measures with your own .eml files,
-server with a mail server on this laptop.

  rapport bench mail -mails 20000 -delay 50ms`,
		flags: []flag{
			{name: "mails", value: "N", does: "so many mails, at least 440 (else 20000)"},
			{name: "attached", value: "N", does: "with a file of N bytes attached to each"},
			{name: "from", value: "DIR", does: "the .eml files in DIR instead"},
			{name: "server", value: "HOST:PORT", does: "a mail server on this laptop instead, without encryption"},
			userFlag, secretFlag,
			{name: "delay", value: "D", does: "on a line with so long a round trip, like 50ms"},
			jsonFlag,
		},
		run: runBenchMail,
	}
}

func runBenchMail(c *call) (err error) {
	corpus, err := c.corpus()
	if err != nil {
		return err
	}
	delay, err := c.delay()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "rapport-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, done, err := c.benchServer(dir, corpus)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if delay > 0 {
		line, err := bench.NewLine(c.ctx, net.JoinHostPort(server.Host, strconv.Itoa(server.Port)), delay)
		if err != nil {
			return err
		}
		defer line.Close()
		server.Host, server.Port = line.Host, line.Port
	}
	r, err := bench.Run(c.ctx, filepath.Join(dir, "workspace"), corpus, server)
	if err != nil {
		return err
	}
	return c.writeMailBench(r)
}

// corpus is the mail to measure with.
func (c *call) corpus() (bench.Corpus, error) {
	if c.has("from") {
		corpus, err := bench.FromFolder(c.text("from"))
		if err == nil && corpus.N == 0 {
			err = fmt.Errorf("there is no .eml file in %s", c.text("from"))
		}
		return corpus, err
	}
	n, err := c.number("mails")
	if err != nil {
		return bench.Corpus{}, err
	}
	if n == 0 {
		n = 20000
	}
	attached, err := c.number("attached")
	return bench.Generated(n, attached), err
}

func (c *call) delay() (time.Duration, error) {
	if !c.has("delay") {
		return 0, nil
	}
	d, err := time.ParseDuration(c.text("delay"))
	if err != nil || d < 0 {
		return 0, misuse(c.verb, "flag -delay needs a time like 50ms; %q is none", c.text("delay"))
	}
	return d, nil
}

// benchServer is the server to read from: the one that is named, or one of our
// own with the corpus.
func (c *call) benchServer(dir string, corpus bench.Corpus) (bench.Server, func() error, error) {
	if !c.has("server") {
		if !c.on("json") {
			c.printf("serving %d mails …\n", corpus.N)
			if err := c.out.Flush(); err != nil {
				return bench.Server{}, nil, err
			}
		}
		s, err := bench.Serve(dir, corpus)
		if err != nil {
			return bench.Server{}, nil, err
		}
		return s.Server, s.Close, nil
	}
	host, port, err := net.SplitHostPort(c.text("server"))
	number, notNumber := strconv.Atoi(port)
	if err != nil || notNumber != nil || !data.IsLoopback(host) {
		return bench.Server{}, nil, misuse(c.verb, "flag -server needs a server on this laptop, like 127.0.0.1:143; %q is none", c.text("server"))
	}
	if !c.has("user") || !c.on("password-stdin") {
		return bench.Server{}, nil, misuse(c.verb, "a server needs -user and -password-stdin")
	}
	password, err := c.password()
	return bench.Server{Host: host, Port: number, Security: data.Plain, User: c.text("user"), Password: password}, func() error { return nil }, err
}

type mailBenchJSON struct {
	Mails         int     `json:"mails"`
	FirstMS       float64 `json:"firstMs"`
	NewestMS      float64 `json:"newestMs"`
	NoChangeMS    float64 `json:"noChangeMs"`
	HeapPeakBytes uint64  `json:"heapPeakBytes"`
}

func (c *call) writeMailBench(r bench.Result) error {
	if c.on("json") {
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		return writeJSON(c.out, mailBenchJSON{r.Mails, ms(r.First), ms(r.Newest), ms(r.NoChange), r.HeapPeak})
	}
	perSecond := "-"
	if r.First > 0 {
		perSecond = strconv.Itoa(int(float64(r.Mails) / r.First.Seconds()))
	}
	return table(c.out, []column{{}, {right: true}}, [][]string{
		{"mails read", strconv.Itoa(r.Mails)},
		{"first sync", milliseconds(r.First)},
		{"mails a second", perSecond},
		{"newest 50 there after", milliseconds(r.Newest)},
		{"a pass without news", milliseconds(r.NoChange)},
		{"memory at most", sizeOf(int64(r.HeapPeak))},
	})
}
