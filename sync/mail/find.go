package mail

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// FoundBy is where a mailbox's settings come from, in the words of a sentence
// that begins with "found by" or "from".
type FoundBy string

// The places that Find looks in, in that order.
const (
	ByTable      FoundBy = "Rapport's own table of large providers"
	ByAutoconfig FoundBy = "your provider's own settings"
	BySRV        FoundBy = "your domain's service records"
	ByMX         FoundBy = "the provider that your domain's mail is delivered to"
	ByGuess      FoundBy = "a usual name at your domain, where a mail server answered"
)

// SignIn is what a server wants to see before it shows a mailbox.
type SignIn string

// The ways to sign in.
const (
	WithPassword    SignIn = "password"
	WithAppPassword SignIn = "app password"
	InBrowser       SignIn = "browser"
)

// UserForm is how the name to sign in with is made from the address.
type UserForm string

// The forms of user names.
const (
	WholeAddress UserForm = "address"
	LocalPart    UserForm = "local part"
	OtherName    UserForm = "other"
)

// Found is a way to a mailbox: always encrypted, TLS or StartTLS.
type Found struct {
	Host     string
	Port     int
	Security data.Security
	// User is the name to sign in with, in the form that UserForm names.
	User     string
	UserForm UserForm
	// Provider is a large provider's name; "" for any other.
	Provider string
	By       FoundBy
	SignIn   SignIn
	// Advice says what to do before signing in, as a sentence without its full
	// stop; "" if nothing is known.
	Advice string
	// Elsewhere marks a server of another domain that only DNS vouches for,
	// which anybody on the way can forge. Ask the user before a password goes
	// there (RFC 6186, section 6).
	Elsewhere bool
}

// TakesPassword says whether a password of any kind opens the mailbox.
func (f Found) TakesPassword() bool { return f.SignIn != InBrowser }

// Resolver is the part of net.Resolver that Find asks. The names that it gives
// end with a dot, so that no search list is tried.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
}

// FindOptions are what Find reaches the world with. The zero value is what a
// user wants.
type FindOptions struct {
	Resolver Resolver      // net.DefaultResolver if nil
	Client   *http.Client  // for https; redirects and cookies are Find's own; the usual one if nil
	Patience time.Duration // for each of four steps; 4 s if 0
	// Dial opens the connections on which guesses are tried; net.Dialer's if nil.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// RootCAs are whom to trust in trying guesses; the system's if nil.
	RootCAs *x509.CertPool
}

// Find looks for the way to the mailbox of an address: in the table of large
// providers; in the settings that the domain publishes (autoconfig); in its
// service records (RFC 6186 and 8314); by the provider that its mail is
// delivered to; and at last by trying the usual names. The first place that
// knows ends the search. The best way comes first. Tried says in words what was
// asked and why it did not help.
//
// The domain is told to the DNS, the address to the domain's own autoconfig
// server by https, and to nobody else. Nothing signs in anywhere, nothing is
// asked without encryption but the DNS, and no register of a third party is
// asked. It takes four times Patience at most.
//
// Nothing found is no error. Errors are *data.Invalid for what is no mail
// address, *data.Problem when nothing answered at all, and those of ctx.
func Find(ctx context.Context, address string, o FindOptions) (found []Found, tried []string, err error) {
	f, err := newSearch(address, o)
	if err != nil {
		return nil, nil, err
	}
	if p, ok := providerOf(f.domain); ok {
		return f.fromTable(p)
	}
	for _, step := range []func(context.Context) []Found{f.autoconfig, f.serviceRecords, f.mailExchangers, f.guesses} {
		limited, cancel := context.WithTimeout(ctx, f.Patience)
		found := step(limited)
		cancel()
		if ctx.Err() != nil {
			return nil, f.tried, ctx.Err()
		}
		if len(found) > 0 || f.done {
			return found, f.tried, nil
		}
	}
	if !f.answered {
		return nil, f.tried, &data.Problem{Kind: data.Offline, About: f.domain}
	}
	return nil, f.tried, nil
}

// FindKnown is what Find says of an address at a large provider, without asking
// anybody; false for any other address.
func FindKnown(address string) (Found, bool) {
	f, err := newSearch(address, FindOptions{})
	if err != nil {
		return Found{}, false
	}
	p, ok := providerOf(f.domain)
	if !ok || p.none != "" {
		return Found{}, false
	}
	return p.found(f, ByTable), true
}

// FindAt is what is known of a mail server of a large provider by its name, but
// for the user; false for any other server.
func FindAt(host string) (Found, bool) {
	host = strings.ToLower(strings.TrimSpace(host))
	i := slices.IndexFunc(providers, func(p provider) bool { return p.host == host && host != "" })
	if i < 0 {
		return Found{}, false
	}
	return providers[i].found(&search{}, ByTable), true
}

// search is one run of Find.
type search struct {
	FindOptions
	address, local, domain string
	tried                  []string
	answered               bool // somebody did, if only to say no
	done                   bool // the domain says that there is nothing to find
}

var domainForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// isDomain says whether a normal domain is one that a server on the internet can
// have: letters, digits and hyphens, and no address of numbers.
func isDomain(s string) bool { return len(s) <= 253 && domainForm.MatchString(s) }

func newSearch(address string, o FindOptions) (*search, error) {
	f := &search{FindOptions: o, address: text.NormalAddress(address)}
	at := strings.LastIndexByte(f.address, '@')
	if at < 1 || len(f.address) > 254 || !isDomain(f.address[at+1:]) || !isUser(f.address) {
		return nil, &data.Invalid{Field: "address", Says: "this is not a mail address; write it like maya@larkfield.example"}
	}
	f.local, f.domain = f.address[:at], f.address[at+1:]
	if f.Resolver == nil {
		f.Resolver = net.DefaultResolver
	}
	if f.Dial == nil {
		f.Dial = new(net.Dialer).DialContext
	}
	f.Patience = or(f.Patience, 4*time.Second)
	f.Client = ownClient(f.Client)
	return f, nil
}

func (f *search) fromTable(p provider) ([]Found, []string, error) {
	if p.none != "" {
		return nil, []string{p.none}, nil
	}
	return []Found{p.found(f, ByTable)}, nil, nil
}

func (f *search) note(line string) { f.tried = append(f.tried, line) }

// isNear says whether a server belongs to the domain itself.
func (f *search) isNear(host string) bool {
	return text.RegistrableDomain(host) == text.RegistrableDomain(f.domain)
}

// sideBySide does all at once and waits for them.
func sideBySide(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

// distinct drops what leads to the same server in the same way as one before.
func distinct(list []Found) []Found {
	var kept []Found
	for _, f := range list {
		same := func(k Found) bool {
			return k.Host == f.Host && k.Port == f.Port && k.Security == f.Security && k.User == f.User
		}
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, f)
		}
	}
	return kept
}
